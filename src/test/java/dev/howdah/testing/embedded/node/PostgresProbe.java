package dev.howdah.testing.embedded.node;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Asks a server what pg_isready asks: whether it takes connections. An answer other than "cannot connect now" is a yes, a
 * refusal of this user among them (PostgreSQL, Frontend/Backend Protocol, Start-up).
 */
final class PostgresProbe {
    private static final int PROTOCOL_3_0 = 196_608;
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final String CANNOT_CONNECT_NOW = "57P03";

    private PostgresProbe() {}

    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(startup());
            var answer = new DataInputStream(socket.getInputStream());
            return switch (answer.readByte()) {
                case 'R' -> true;
                case 'E' -> !text(answer).contains(CANNOT_CONNECT_NOW);
                default -> false;
            };
        } catch (IOException e) {
            return false;
        }
    }

    private static String text(DataInputStream answer) throws IOException {
        int length = answer.readInt();
        return new String(answer.readNBytes(length - Integer.BYTES), StandardCharsets.UTF_8);
    }

    private static byte[] startup() {
        byte[] parameters = "user\0process_node\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Integer.BYTES + parameters.length)
                .putInt(2 * Integer.BYTES + parameters.length)
                .putInt(PROTOCOL_3_0)
                .put(parameters)
                .array();
    }
}
