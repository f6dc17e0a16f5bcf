package dev.howdah.workload;

import dev.howdah.crd.PostgresServer;
import java.util.regex.Pattern;

/**
 * Names of the objects of a server; always ask here, never build names elsewhere.
 *
 * @param server name of the PostgresServer: a DNS-1035 label (it names Services) of at most 52 letters, because a
 *     StatefulSet's pods carry its name with a hash in a label of at most 63
 */
public record ServerNames(String server) {

    private static final Pattern DNS_LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,50}[a-z0-9])?");

    public ServerNames {
        if (!DNS_LABEL.matcher(server).matches()) {
            throw new IllegalArgumentException(
                    "metadata.name: '" + server
                            + "' cannot name a PostgresServer; use at most 52 lower-case letters, digits and '-', beginning with a letter");
        }
    }

    public static ServerNames of(PostgresServer server) {
        return new ServerNames(server.getMetadata().getName());
    }

    public String statefulSet() {
        return server;
    }

    /** The only pod of the StatefulSet. */
    public String pod() {
        return server + "-0";
    }

    public String persistentVolumeClaim() {
        return server + "-data";
    }

    /** The Service that clients and Howdah itself connect to. */
    public String clientService() {
        return server;
    }

    /** The Service that gives the pod its own DNS name. */
    public String headlessService() {
        return server + "-pods";
    }

    public String configMap() {
        return server + "-config";
    }

    /** The Secret with name and password of the superuser that Howdah administers the server with. */
    public String adminSecret() {
        return server + "-admin";
    }

    public String tlsSecret() {
        return server + "-tls";
    }

    public String networkPolicy() {
        return server;
    }
}
