package dev.howdah.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.howdah.crd.PostgresServerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a server's ConfigMap.
 *
 * @param byName content by file name
 */
record ConfigurationFiles(SortedMap<String, String> byName, ServerConfiguration configuration) {

    static final String START = "start.sh";
    static final String STOP = "stop.sh";
    static final String STARTED = "started.sh";
    private static final String FIND_POSTGRES = "find-postgres.sh";

    static ConfigurationFiles of(PostgresServerSpec spec) {
        ServerConfiguration configuration = ServerConfiguration.of(spec);
        SortedMap<String, String> files = new TreeMap<>();
        List.of(START, STOP, STARTED, FIND_POSTGRES, "pg_hba.conf").forEach(name -> files.put(name, resource(name)));
        files.put("postgresql.conf", configuration.file());
        files.put("initdb.args", String.join("\n", InitdbArguments.of(spec)) + "\n");
        return new ConfigurationFiles(files, configuration);
    }

    /**
     * Changes when, and only when, a server has to start again to follow its configuration. Reloadable settings, pg_hba.conf
     * and certificates are no part of it; neither is initdb.args, which matters once.
     */
    String restartHash(String image) {
        MessageDigest digest = sha256();
        digest.update(image.getBytes(UTF_8));
        List.of(START, FIND_POSTGRES)
                .forEach(name -> digest.update(byName.getOrDefault(name, "").getBytes(UTF_8)));
        for (Map.Entry<String, String> setting : configuration.restartOnly().entrySet()) {
            digest.update((setting.getKey() + "=" + setting.getValue() + "\n").getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static String resource(String name) {
        try (InputStream resource = ConfigurationFiles.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the application");
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
