package dev.howdah.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to measure; each is a system property {@code bench.<name>}.
 *
 * @param only names of {@link Benchmark.Section}s, separated by commas; empty for all
 * @param rounds of whatever is done one after the other
 * @param seconds of each measurement of requests
 * @param instances on record in the steady state
 * @param url of a running broker; empty for an embedded one
 */
record Options(
        Set<Benchmark.Section> only,
        int rounds,
        int seconds,
        int instances,
        String url,
        String user,
        String password,
        String plan,
        String namespace,
        String nodeHost,
        String image) {

    static Options ofSystem() {
        return new Options(
                sections(System.getProperty("bench.only", "")),
                Integer.getInteger("bench.rounds", 20),
                Integer.getInteger("bench.seconds", 10),
                Integer.getInteger("bench.instances", 500),
                System.getProperty("bench.url", ""),
                System.getProperty("bench.user", "howdah"),
                System.getProperty("bench.password", "howdah"),
                System.getProperty("bench.plan", "free"),
                System.getProperty("bench.namespace", "howdah-instances"),
                System.getProperty("bench.node-host", "127.0.0.1"),
                System.getProperty("bench.image", ""));
    }

    boolean embedded() {
        return url.isEmpty();
    }

    private static Set<Benchmark.Section> sections(String names) {
        List<String> asked = Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return Arrays.stream(Benchmark.Section.values())
                .filter(section -> asked.isEmpty() || asked.contains(section.title()))
                .collect(Collectors.toSet());
    }
}
