package dev.howdah.testing.embedded.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports for Services, from a block that belongs to this object alone: it listens on the block's first port as long
 * as it lives, so that other JVMs on the machine take other blocks. All lie below the ports that the system gives to
 * outgoing connections.
 */
public final class NodePorts implements AutoCloseable {
    private static final int FIRST = 20_000;
    private static final int SIZE = 500;
    private static final int BLOCKS = 25;

    private final ServerSocket guard;
    private int last;

    private NodePorts(ServerSocket guard) {
        this.guard = guard;
        this.last = guard.getLocalPort();
    }

    public static NodePorts reserve() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int block = 0; block < BLOCKS; block++) {
            ServerSocket guard = listen(FIRST + (start + block) % BLOCKS * SIZE);
            if (guard != null) {
                return new NodePorts(guard);
            }
        }
        throw new IllegalStateException("No block of ports is free above " + FIRST);
    }

    private static @org.jspecify.annotations.Nullable ServerSocket listen(int port) {
        try {
            var socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return socket;
        } catch (IOException e) {
            return null;
        }
    }

    /** The block, as in {@code 20001-20499}. */
    public String range() {
        return (guard.getLocalPort() + 1) + "-" + (guard.getLocalPort() + SIZE - 1);
    }

    /** A port on which nobody listens; every port of the block comes once before one comes again. */
    public synchronized int next() {
        for (int tries = 1; tries < SIZE; tries++) {
            last = last + 1 < guard.getLocalPort() + SIZE ? last + 1 : guard.getLocalPort() + 1;
            try (ServerSocket free = listen(last)) {
                if (free != null) {
                    return last;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException("All ports are taken: " + range());
    }

    @Override
    public void close() {
        try {
            guard.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
