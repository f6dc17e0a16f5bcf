package dev.howdah;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationExcludeFilter;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * An Open Service Broker that hands out PostgreSQL on Kubernetes. Each module has one configuration or more, and nothing else is looked
 * for: to read every class of the application takes a good part of a start. This scan takes the place of the one that
 * {@code @SpringBootApplication} brings.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ComponentScan(
        resourcePattern = "**/*Configuration.class",
        excludeFilters = {
            @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @Filter(type = FilterType.CUSTOM, classes = AutoConfigurationExcludeFilter.class)
        })
public class HowdahApplication {
    public static void main(String[] args) {
        // Of each buffer. To be ready to record them takes a part of a start, and nobody looks.
        System.getProperties().putIfAbsent("io.netty.jfr.enabled", "false");
        SpringApplication.run(HowdahApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
