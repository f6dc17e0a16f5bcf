package dev.howdah.osb.acceptance;

import dev.howdah.broker.ServiceBindings;
import dev.howdah.broker.ServiceInstances;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.support.GenericApplicationContext;

/** The API as it is delivered, on a store in memory: for states that real servers cannot be brought into on demand. */
final class InMemoryBrokerUnderTest implements BrokerUnderTest {
    private final InMemoryStore store = new InMemoryStore(Clock.systemUTC());
    private ConfigurableApplicationContext application;

    private InMemoryBrokerUnderTest() {
        application = start();
    }

    static InMemoryBrokerUnderTest started() {
        return new InMemoryBrokerUnderTest();
    }

    private ConfigurableApplicationContext start(String... properties) {
        return new SpringApplicationBuilder(Api.class)
                .profiles("acceptance")
                .initializers(context -> {
                    GenericApplicationContext beans = (GenericApplicationContext) context;
                    beans.registerBean(ServiceInstances.class, () -> new InMemoryInstances(store));
                    beans.registerBean(ServiceBindings.class, () -> new InMemoryBindings(store));
                    beans.registerBean(Clock.class, Clock::systemUTC);
                })
                .properties(properties)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run();
    }

    @Override
    public URI url() {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void hold() {
        store.hold();
    }

    @Override
    public void release() {
        store.release();
    }

    @Override
    public void breakDown() {
        store.breakDown();
    }

    @Override
    public boolean failsAtOnce() {
        return store.isBroken();
    }

    @Override
    public void recover() {
        store.recover();
    }

    @Override
    public void restart(String... properties) {
        application.close();
        application = start(properties);
    }

    @Override
    public void forgetTheDeleted() {
        store.forgetTheDeleted();
    }

    @Override
    public int size() {
        return store.size();
    }

    @Override
    public boolean accepts(Map<String, String> credentials) {
        return store.hasCredentials(credentials);
    }

    @EnableAutoConfiguration
    @ComponentScan({"dev.howdah.catalog", "dev.howdah.security", "dev.howdah.osb"})
    static class Api {}
}
