# Builds the image of the broker from the jar that ./mvnw package leaves in target/. Needs no network but for the base image:
#
#   ./mvnw package -DskipTests
#   docker build -t howdah:dev .          (or podman build, or buildah build)
#
# Any Linux image with a Java 25 runtime on its PATH and a shell will do as the base:
#
#   docker build --build-arg BASE_IMAGE=registry.example.com/java:25 -t howdah:dev .
ARG BASE_IMAGE=docker.io/library/eclipse-temurin:25-jre

# The jar, taken apart by how often its parts change.
FROM ${BASE_IMAGE} AS extracted
WORKDIR /work
COPY target/howdah-*.jar howdah.jar
RUN java -Djarmode=tools -jar howdah.jar extract --layers --destination layers

FROM ${BASE_IMAGE}
WORKDIR /app
COPY --from=extracted /work/layers/dependencies/ ./
COPY --from=extracted /work/layers/spring-boot-loader/ ./
COPY --from=extracted /work/layers/snapshot-dependencies/ ./
COPY --from=extracted /work/layers/application/ ./

# A start without a cluster and some requests: what they load, link and learn is kept beside the application and need not be done
# again (JEP 514, JEP 515). The cache fits this Java runtime and these options only, so it is made with them; where it does not
# fit, Java says so and starts without. The last command fails if there is none.
RUN java -Xlog:aot*=off -XX:AOTCacheOutput=/app/howdah.aot -XX:+UseSerialGC -Djdk.reflect.useNativeAccessorOnly=true \
      -Dlogging.level.root=ERROR -Dserver.address=127.0.0.1 \
      -Dhowdah.security.users.nobody=only-for-this-start -Dhowdah.rehearsal=nobody:only-for-this-start -Dhowdah.tls.mode=off \
      -Dhowdah.shutdown.drain=0s -jar howdah.jar \
    && java -XX:AOTMode=on -XX:AOTCache=/app/howdah.aot -XX:+UseSerialGC -cp howdah.jar -version

# Numbers and no name, so that Kubernetes can see that it is not root.
USER 65532:65532
EXPOSE 8080 8081
# MetaspaceSize: hardly a class is ever unloaded, so nothing is gained by the collections of the whole heap with which a JVM looks for
# some after 21 MB of them and again later: each replica made one, the leader two, of up to a third of a second.
# useNativeAccessorOnly: what is called once by reflection needs no method handle (JEP 416), whose code a start would have to make.
# Xlog: Java complains about two of its own adapters whose names have the same hash; that a cache does not fit is an error, and is told.
ENTRYPOINT ["java", "-Xlog:aot=error,aot+codecache+stubs=off", "-XX:AOTCache=/app/howdah.aot", "-XX:+UseSerialGC", "-XX:MetaspaceSize=64m", "-Djdk.reflect.useNativeAccessorOnly=true", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/howdah.jar"]
