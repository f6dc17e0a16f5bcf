package dev.howdah.cluster;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that write without a pause, reconnect when they are refused, and remember what was acknowledged. Each writes rows
 * numbered from 1 without a gap.
 */
final class Load implements AutoCloseable {
    private static final int WRITERS = 4;

    /** The load is on the server and not on the machine that tests it. */
    private static final long BETWEEN_WRITES_MILLIS = 5;

    private final String url;
    private final Map<Integer, Long> acknowledged = new ConcurrentHashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final List<Thread> writers = new ArrayList<>();
    private final AtomicLong lastSuccess = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();

    private Load(String url) {
        this.url = url + "&loginTimeout=2&socketTimeout=5&connectTimeout=1";
    }

    static Load on(String jdbcUrl) throws SQLException {
        Load load = new Load(jdbcUrl);
        try (Connection connection = DriverManager.getConnection(load.url);
                Statement statement = connection.createStatement()) {
            statement.execute("create table ledger (writer int, n bigint, primary key (writer, n))");
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            load.acknowledged.put(number, 0L);
            load.writers.add(Thread.ofVirtual().start(() -> load.writeUntilStopped(number)));
        }
        return load;
    }

    long rows() {
        return acknowledged.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The longest time in which no writer succeeded, since it was asked last. */
    Duration longestGap() {
        return Duration.ofNanos(longestGap.getAndSet(0));
    }

    /** Acknowledged rows that the server does not have. */
    long lost() throws SQLException {
        long lost = 0;
        try (Connection connection = patientConnection();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from ledger where writer = ? and n <= ?")) {
            for (Map.Entry<Integer, Long> entry : Map.copyOf(acknowledged).entrySet()) {
                count.setInt(1, entry.getKey());
                count.setLong(2, entry.getValue());
                try (ResultSet rows = count.executeQuery()) {
                    rows.next();
                    lost += entry.getValue() - rows.getLong(1);
                }
            }
        }
        return lost;
    }

    /** A Service follows its pod with a delay. */
    private Connection patientConnection() {
        return await().atMost(Cluster.PATIENCE)
                .ignoreExceptions()
                .until(() -> DriverManager.getConnection(url), connection -> true);
    }

    private void writeUntilStopped(int writer) {
        while (stop.getCount() > 0) {
            try (Connection connection = DriverManager.getConnection(url);
                    PreparedStatement insert =
                            connection.prepareStatement("insert into ledger values (?, ?) on conflict do nothing")) {
                while (!stop.await(BETWEEN_WRITES_MILLIS, TimeUnit.MILLISECONDS)) {
                    long next = acknowledged.get(writer) + 1;
                    insert.setInt(1, writer);
                    insert.setLong(2, next);
                    insert.executeUpdate();
                    acknowledged.put(writer, next);
                    succeeded();
                }
            } catch (SQLException _) {
                pause();
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private void succeeded() {
        long now = System.nanoTime();
        long gap = now - lastSuccess.getAndSet(now);
        longestGap.accumulateAndGet(gap, Math::max);
    }

    private void pause() {
        try {
            if (stop.await(50, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop.countDown();
        for (Thread writer : writers) {
            try {
                writer.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
