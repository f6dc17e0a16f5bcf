package dev.howdah.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Stands between one broker and all PostgreSQL servers: a SOCKS 5 proxy (RFC 1928), which a JVM uses for its plain sockets when
 * {@code socksProxyHost} is set. What goes through is encrypted, so steps are counted in turns: the broker spoke, the server
 * answered. The Kubernetes client uses channels, which do not come this way.
 */
final class SocksProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final java.util.concurrent.atomic.AtomicInteger turns = new java.util.concurrent.atomic.AtomicInteger();
    private volatile IntConsumer onTurn = _ -> {};
    private volatile boolean cut;
    private volatile long delayMillis;
    private volatile boolean frozen;

    private SocksProxy(ServerSocket listening) {
        this.listening = listening;
    }

    static SocksProxy start() {
        try {
            var proxy = new SocksProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Told the number of each turn, from 1, before its answer reaches the broker; counting begins anew. */
    void onTurn(IntConsumer listener) {
        turns.set(0);
        onTurn = listener;
    }

    int turns() {
        return turns.get();
    }

    /** Ends all connections and refuses new ones. */
    void cut() {
        cut = true;
        sockets.forEach(SocksProxy::close);
    }

    /** Lets nothing through, and ends nothing either: the network swallows it. */
    void freeze() {
        frozen = true;
    }

    /** Every answer of a server comes late. */
    void delay(long millis) {
        delayMillis = millis;
    }

    void heal() {
        cut = false;
        delayMillis = 0;
        frozen = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket broker) {
        sockets.add(broker);
        try (broker;
                Socket server = new Socket()) {
            InetSocketAddress target = greet(broker);
            sockets.add(server);
            server.setTcpNoDelay(true);
            broker.setTcpNoDelay(true);
            connect(server, target, broker.getOutputStream());
            var asked = new AtomicBoolean();
            Thread requests = Thread.ofVirtual().start(() -> requests(broker, server, asked));
            answers(server, broker, asked);
            requests.interrupt();
            sockets.remove(server);
        } catch (IOException gone) {
            // One side went away, which is what proxies see every day.
        } finally {
            sockets.remove(broker);
        }
    }

    private void connect(Socket server, InetSocketAddress target, OutputStream broker) throws IOException {
        try {
            if (cut) {
                throw new IOException("cut");
            }
            pauseWhileFrozen();
            server.connect(target, 5000);
            broker.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        } catch (IOException refused) {
            broker.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
            throw refused;
        }
    }

    private static InetSocketAddress greet(Socket broker) throws IOException {
        DataInputStream in = new DataInputStream(broker.getInputStream());
        in.readByte();
        in.readFully(new byte[in.readUnsignedByte()]);
        broker.getOutputStream().write(new byte[] {5, 0});
        in.readFully(new byte[3]);
        byte[] address = new byte
                [switch (in.readUnsignedByte()) {
                    case 1 -> 4;
                    case 4 -> 16;
                    default -> throw new IOException("only addresses are expected");
                }];
        in.readFully(address);
        return new InetSocketAddress(InetAddress.getByAddress(address), in.readUnsignedShort());
    }

    private void requests(Socket broker, Socket server, AtomicBoolean asked) {
        try {
            byte[] buffer = new byte[65_536];
            InputStream in = broker.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                pauseWhileFrozen();
                asked.set(true);
                server.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException gone) {
            // The other direction ends with it.
        } finally {
            close(server);
        }
    }

    private void answers(Socket server, Socket broker, AtomicBoolean asked) throws IOException {
        byte[] buffer = new byte[65_536];
        InputStream in = server.getInputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            pauseWhileFrozen();
            sleep(delayMillis);
            if (asked.getAndSet(false)) {
                onTurn.accept(turns.incrementAndGet());
            }
            broker.getOutputStream().write(buffer, 0, read);
        }
    }

    private void pauseWhileFrozen() {
        while (frozen) {
            sleep(50);
        }
    }

    private static void sleep(long millis) {
        try {
            if (millis > 0) {
                Thread.sleep(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is gone in any case.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
