package dev.howdah.observability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedLogTest {
    @Test
    void passwordsAreStarredOutAndTheRestStays() {
        assertThat(MaskedLog.masked("cannot open postgresql://app:s3cr3t@db:5432/x?sslmode=require"))
                .isEqualTo("cannot open postgresql://app:***@db:5432/x?sslmode=require");
        assertThat(MaskedLog.masked("jdbc:postgresql://db:5432/x?user=app&password=s3cr3t&sslmode=require"))
                .isEqualTo("jdbc:postgresql://db:5432/x?user=app&password=***&sslmode=require");
        assertThat(MaskedLog.masked("{\"password\":\"s3cr3t\"}")).isEqualTo("{\"password\":\"***\"}");
        assertThat(MaskedLog.masked("GET https://10.0.0.1:443/api/v1")).isEqualTo("GET https://10.0.0.1:443/api/v1");
        assertThat(MaskedLog.masked("The password is missing or wrong")).isEqualTo("The password is missing or wrong");
    }
}
