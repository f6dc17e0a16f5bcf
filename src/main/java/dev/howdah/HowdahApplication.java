package dev.howdah;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** An Open Service Broker that hands out PostgreSQL on Kubernetes. */
@SpringBootApplication
public class HowdahApplication {
    public static void main(String[] args) {
        SpringApplication.run(HowdahApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
