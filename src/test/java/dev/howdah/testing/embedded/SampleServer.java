package dev.howdah.testing.embedded;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** A hand-made PostgreSQL server in Kubernetes' words, with the parts that Howdah's own have. */
record SampleServer(String name) {

    List<HasMetadata> objects() {
        List<HasMetadata> objects = Serialization.unmarshal(YAML.replace("NAME", name));
        return objects;
    }

    void createWith(KubernetesClient client) {
        client.resourceList(objects()).inNamespace(EmbeddedKubernetes.NAMESPACE).create();
    }

    private static final String YAML = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: NAME}
            data:
              start.sh: |
                set -eu
                [ -d "$PGDATA" ] || initdb --no-sync --auth=trust --username=postgres --locale=C --pgdata="$PGDATA"
                exec postgres -c config_file="$HOWDAH_CONFIG/postgresql.conf" -c hba_file="$HOWDAH_CONFIG/pg_hba.conf" \\
                  -D "$PGDATA" -p "$PGPORT" -c listen_addresses="$HOWDAH_LISTEN" -c unix_socket_directories="$HOWDAH_RUN"
              postgresql.conf: |
                fsync = off
              pg_hba.conf: |
                host all all 127.0.0.1/32 trust
                local all all trust
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: NAME}
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: NAME}
            spec:
              type: NodePort
              selector: {app: NAME}
              ports: [{name: postgres, port: 5432}]
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: NAME}
            spec:
              serviceName: NAME
              replicas: 1
              selector: {matchLabels: {app: NAME}}
              template:
                metadata: {labels: {app: NAME}}
                spec:
                  terminationGracePeriodSeconds: 20
                  securityContext:
                    runAsNonRoot: true
                    seccompProfile: {type: RuntimeDefault}
                  containers:
                    - name: postgres
                      image: postgres:17
                      command: [/bin/sh, /etc/howdah/config/start.sh]
                      securityContext:
                        allowPrivilegeEscalation: false
                        capabilities: {drop: [ALL]}
                      env:
                        - {name: PG_MAJOR, value: "17"}
                        - {name: PGDATA, value: /data/pgdata}
                        - {name: HOWDAH_CONFIG, value: /etc/howdah/config}
                        - {name: HOWDAH_RUN, value: /run/howdah}
                        - {name: PGPORT, value: "5432"}
                        - {name: HOWDAH_LISTEN, value: "*"}
                      volumeMounts:
                        - {name: data, mountPath: /data}
                        - {name: config, mountPath: /etc/howdah/config}
                        - {name: run, mountPath: /run/howdah}
                  volumes:
                    - {name: data, persistentVolumeClaim: {claimName: NAME}}
                    - {name: config, configMap: {name: NAME}}
                    - {name: run, emptyDir: {}}
            """;
}
