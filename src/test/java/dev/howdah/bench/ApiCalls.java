package dev.howdah.bench;

import dev.howdah.faults.ApiProxy;
import dev.howdah.faults.ProxiedCall;
import io.fabric8.kubernetes.client.Config;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a broker asks of the API server. */
final class ApiCalls implements AutoCloseable {
    private final ApiProxy proxy;
    private final Map<String, Integer> counts = new TreeMap<>();

    ApiCalls(Config config) {
        proxy = ApiProxy.start(config);
        proxy.afterAnswer(this::count);
    }

    /** Where the broker finds the API server. */
    String url() {
        return proxy.url();
    }

    private synchronized void count(ProxiedCall call) {
        String kind = call.path().replaceFirst(".*/namespaces/[^/]+/", "").replaceFirst("/.*", "");
        counts.merge((call.watch() ? "WATCH" : call.method()) + " " + kind, 1, Integer::sum);
    }

    /** By method and kind of resource, since the last time this was asked. */
    synchronized Map<String, Integer> take() {
        Map<String, Integer> taken = new TreeMap<>(counts);
        counts.clear();
        return taken;
    }

    /** Those that change something, but for the lease of the leader. */
    static int writes(Map<String, Integer> calls) {
        return calls.entrySet().stream()
                .filter(call ->
                        !call.getKey().startsWith("GET ") && !call.getKey().startsWith("WATCH "))
                .filter(call -> !isLease(call.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    static int leaseWrites(Map<String, Integer> calls) {
        return calls.entrySet().stream()
                .filter(call -> !call.getKey().startsWith("GET ") && isLease(call.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private static boolean isLease(String call) {
        return call.endsWith(" leases");
    }

    @Override
    public void close() {
        proxy.close();
    }
}
