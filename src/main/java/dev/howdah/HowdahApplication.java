package dev.howdah;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An Open Service Broker that hands out PostgreSQL on Kubernetes. */
@SpringBootApplication
public class HowdahApplication {
    public static void main(String[] args) {
        SpringApplication.run(HowdahApplication.class, args);
    }
}
