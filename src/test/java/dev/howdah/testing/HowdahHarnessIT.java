package dev.howdah.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.crd.PostgresServer;
import dev.howdah.testing.OsbClient.Answer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The whole way of a database, from the catalog to nothing. */
class HowdahHarnessIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String INSTANCE = "/v2/service_instances/harness";
    private static final String BINDING = INSTANCE + "/service_bindings/app";

    private final HowdahHarness howdah = HowdahHarness.shared();
    private final OsbClient osb = howdah.osb();
    private final String service =
            osb.get("/v2/catalog").json().at("/services/0/id").asString();
    private final String plan =
            osb.get("/v2/catalog").json().at("/services/0/plans/0/id").asString();

    @Test
    void aDatabaseIsProvisionedBoundUsedAcrossARestartAndRemoved() throws SQLException {
        provision();
        String url = bind();
        assertThat(query(url, "show data_checksums")).isEqualTo("on");
        query(url, "create table notes as select 'hello' as note; table notes");

        howdah.restartBroker();

        assertThat(query(url, "table notes")).isEqualTo("hello");
        unbind();
        assertThatThrownBy(() -> query(url, "select 1")).isInstanceOf(SQLException.class);
        deprovision();
        assertThat(howdah.kubernetes()
                        .resources(PostgresServer.class)
                        .inNamespace(howdah.namespace())
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(howdah.kubernetes()
                        .pods()
                        .inNamespace(howdah.namespace())
                        .list()
                        .getItems())
                .isEmpty();
    }

    private void provision() {
        Answer accepted = osb.put(INSTANCE + "?accepts_incomplete=true", """
                {"service_id": "%s", "plan_id": "%s", "organization_guid": "o", "space_guid": "s",
                 "parameters": {"init-db-args": "--data-checksums"}}""".formatted(service, plan));
        assertSucceeded(osb.awaitOperation(INSTANCE, accepted, PATIENCE));
    }

    private String bind() {
        Answer bound = osb.put(BINDING + "?accepts_incomplete=true", """
                {"service_id": "%s", "plan_id": "%s"}""".formatted(service, plan));
        assertSucceeded(osb.awaitOperation(BINDING, bound, PATIENCE));
        return osb.get(BINDING).json().at("/credentials/jdbc_url").asString();
    }

    private void unbind() {
        Answer unbound = osb.delete(BINDING + query());
        assertSucceeded(osb.awaitOperation(BINDING, unbound, PATIENCE));
    }

    private void deprovision() {
        Answer accepted = osb.delete(INSTANCE + query());
        assertSucceeded(osb.awaitOperation(INSTANCE, accepted, PATIENCE));
    }

    private String query() {
        return "?accepts_incomplete=true&service_id=%s&plan_id=%s".formatted(service, plan);
    }

    // A deletion that is over is told with 410 to whoever asks without the operation's name.
    private static void assertSucceeded(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isIn(200, 201);
        assertThat(answer.json().path("state").asString("succeeded"))
                .as(answer.toString())
                .isEqualTo("succeeded");
    }

    private static String query(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            ResultSet result = statement.getResultSet();
            result.next();
            return result.getString(1);
        }
    }
}
