package dev.howdah.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.catalog.AllowedSetting;
import dev.howdah.catalog.AllowedSetting.Range;
import dev.howdah.catalog.AllowedSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerSettingsIT {

    private static ScriptedServer server;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        server = ScriptedServer.of(Servers.a()).started();
        connection = server.connect();
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        server.close();
    }

    @Test
    void everyDerivedSettingIsInForce() throws SQLException {
        assertThat(names("SELECT name FROM pg_file_settings WHERE applied AND error IS NULL"))
                .containsExactlyInAnyOrderElementsOf(
                        ServerConfiguration.derivedSettings(Servers.a().spec()).keySet());
    }

    @Test
    void weKnowWhichSettingsNeedARestart() throws SQLException {
        Set<String> ours = new TreeSet<>(
                ServerConfiguration.derivedSettings(Servers.a().spec()).keySet());
        AllowedSettings.all().forEach(setting -> ours.add(setting.name()));
        Set<String> atStart = names("SELECT lower(name) FROM pg_settings WHERE context = 'postmaster'");

        for (String setting : ours) {
            assertThat(ServerConfiguration.needsRestart(setting)).as(setting).isEqualTo(atStart.contains(setting));
        }
    }

    static Stream<AllowedSetting> settings() {
        return AllowedSettings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void postgresqlTakesTheBoundsOfEveryAllowedSetting(AllowedSetting setting) throws SQLException {
        for (String value : bounds(setting.range())) {
            assertThat(setting.problem(value)).isEmpty();
            execute("ALTER SYSTEM SET " + setting.name() + " = '" + value + "'");
        }
        execute("ALTER SYSTEM RESET " + setting.name());
    }

    private static Set<String> names(String sql) throws SQLException {
        Set<String> names = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> bounds(Range range) {
        return switch (range) {
            case Range.Memory(String min, String max) -> List.of(min, max);
            case Range.Time(boolean mayBeOff, String min, String max) -> List.of(mayBeOff ? "0" : min, min, max);
            case Range.Number(var min, var max, boolean _) -> List.of(min.toPlainString(), max.toPlainString());
            case Range.OneOf(List<String> values) -> values;
            case Range.Text(String _, String example) -> List.of(example.split(" or ", -1)[0]);
        };
    }
}
