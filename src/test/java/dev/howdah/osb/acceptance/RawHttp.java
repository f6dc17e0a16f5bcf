package dev.howdah.osb.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLSocketFactory;

/** Sends what no HTTP client would. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 30_000;

    private RawHttp() {}

    static Answer send(BrokerUnderTest broker, String requestLine, String body) throws IOException {
        return send(
                broker,
                requestLine,
                List.of(
                        "Authorization: " + Platform.BASIC,
                        "X-Broker-API-Version: 2.17",
                        "Content-Type: application/json"),
                body);
    }

    static Answer send(BrokerUnderTest broker, String requestLine, List<String> headers, String body)
            throws IOException {
        byte[] content = body.getBytes(UTF_8);
        List<String> lines = new ArrayList<>(List.of(requestLine, "Host: broker", "Connection: close"));
        lines.addAll(headers);
        lines.add("Content-Length: " + content.length);
        try (Socket socket = connect(broker.url())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(UTF_8));
            socket.getOutputStream().write(content);
            socket.getOutputStream().flush();
            return parse(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
        }
    }

    private static Socket connect(URI url) throws IOException {
        return url.getScheme().equals("https")
                ? SSLSocketFactory.getDefault().createSocket(url.getHost(), url.getPort() < 0 ? 443 : url.getPort())
                : new Socket(url.getHost(), url.getPort());
    }

    private static Answer parse(String response) {
        int end = response.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("No HTTP response: " + response);
        }
        String[] head = response.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < head.length; i++) {
            String[] header = head[i].split(": ?", 2);
            headers.computeIfAbsent(header[0], unused -> new ArrayList<>()).add(header[1]);
        }
        String body = response.substring(end + 4);
        boolean chunked = headers.getOrDefault("Transfer-Encoding", List.of()).contains("chunked");
        return new Answer(
                Integer.parseInt(head[0].split(" ")[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                chunked ? unchunked(body) : body);
    }

    private static String unchunked(String body) {
        StringBuilder content = new StringBuilder();
        int position = 0;
        while (position < body.length()) {
            int line = body.indexOf("\r\n", position);
            int size = Integer.parseInt(body.substring(position, line).trim(), 16);
            content.append(body, line + 2, line + 2 + size);
            position = line + 4 + size;
            if (size == 0) {
                break;
            }
        }
        return content.toString();
    }
}
