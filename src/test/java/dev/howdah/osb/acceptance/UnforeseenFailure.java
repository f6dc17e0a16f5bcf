package dev.howdah.osb.acceptance;

import dev.howdah.broker.ProvisionRequest;
import dev.howdah.broker.ServiceInstances;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Lets a provisioning fail in a way that nobody foresaw, with a text that nobody may see, if its context says {@code "crash"}. */
@Component
@Profile("acceptance")
final class UnforeseenFailure implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof ServiceInstances instances ? faulty(instances) : bean;
    }

    private static ServiceInstances faulty(ServiceInstances instances) {
        return (ServiceInstances) Proxy.newProxyInstance(
                ServiceInstances.class.getClassLoader(),
                new Class<?>[] {ServiceInstances.class},
                (proxy, method, arguments) -> {
                    if (arguments != null
                            && arguments[0] instanceof ProvisionRequest request
                            && request.context().containsKey("crash")) {
                        throw new IllegalStateException("jdbc:postgresql://host/db?password=hunter2");
                    }
                    try {
                        return method.invoke(instances, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
