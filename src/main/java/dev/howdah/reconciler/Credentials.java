package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an application needs to connect, as the entries of a Secret (servicebinding.io, Well-known Secret Entries).
 *
 * @param caCertificate PEM, for clients that verify the server ({@code sslmode=verify-full})
 */
record Credentials(Endpoint endpoint, String database, String username, String password, String caCertificate) {
    Map<String, String> entries() {
        Map<String, String> entries = new TreeMap<>();
        entries.put("type", "postgresql");
        entries.put("provider", "howdah");
        entries.put("host", endpoint.host());
        entries.put("port", Integer.toString(endpoint.port()));
        entries.put("database", database);
        entries.put("username", username);
        entries.put("password", password);
        entries.put("sslmode", "require");
        entries.put("ca_certificate", caCertificate);
        entries.put("uri", uri());
        entries.put("jdbc_url", jdbcUrl());
        return entries;
    }

    private String uri() {
        return "postgresql://" + encoded(username) + ":" + encoded(password) + "@" + authority() + "?sslmode=require";
    }

    private String jdbcUrl() {
        return "jdbc:postgresql://" + authority() + "?user=" + encoded(username) + "&password=" + encoded(password)
                + "&sslmode=require";
    }

    private String authority() {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        return host + ":" + endpoint.port() + "/" + encoded(database);
    }

    /** Form encoding writes a space as +, which neither libpq nor pgjdbc reads as one. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "Credentials[" + username + "@" + endpoint + "/" + database + "]";
    }
}
