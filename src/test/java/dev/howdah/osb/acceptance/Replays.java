package dev.howdah.osb.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sends a request as a platform does that loses answers: twice at once, and twice more one after the other. All copies have to
 * say the same as far as OSB lets them, and make one object at most.
 */
final class Replays {
    /** What the copy that came first may be answered, before what the others may. */
    private static final List<Integer> FIRST = List.of(201, 202, 200);

    private Replays() {}

    /** Whether the suite sends each request once only: {@code -Dhowdah.acceptance.replays=false}. */
    static boolean areWanted() {
        return Boolean.parseBoolean(System.getProperty("howdah.acceptance.replays", "true"));
    }

    /** @return what the copy was answered that the broker took first */
    static Answer send(String method, String path, BrokerUnderTest broker, Supplier<Answer> request) {
        if (broker.failsAtOnce()) {
            return request.get(); // after a failure the same request begins another operation
        }
        int before = broker.size();
        List<Answer> atOnce = Stream.generate(() -> CompletableFuture.supplyAsync(request)).limit(2).toList().stream()
                .map(CompletableFuture::join)
                .toList();
        Answer first = atOnce.stream().min((a, b) -> rank(a) - rank(b)).orElseThrow();
        String what = method + " " + path;
        atOnce.stream()
                .filter(answer -> answer != first)
                .forEach(answer -> compare(what, first, answer, meanwhile(method, first.status())));
        Stream.generate(request)
                .limit(2)
                .forEach(answer -> compare(what, first, answer, afterwards(method, first.status())));
        int more = method.equals("PUT") && first.status() < 300 ? 1 : 0;
        assertThat(broker.size() - before)
                .as("objects made by %s %s", method, path)
                .isLessThanOrEqualTo(more);
        return first;
    }

    private static int rank(Answer answer) {
        int rank = FIRST.indexOf(answer.status());
        return rank < 0 ? FIRST.size() : rank;
    }

    private static void compare(String what, Answer first, Answer copy, Set<Integer> allowed) {
        String both =
                "%s: %d %s, and again %d %s".formatted(what, first.status(), first.text(), copy.status(), copy.text());
        assertThat(allowed).as(both).contains(copy.status());
        if (copy.status() >= 400 && copy.status() == first.status()) {
            assertThat(copy.json().path("error"))
                    .as(both)
                    .isEqualTo(first.json().path("error"));
        }
        if (copy.status() == 202 && first.status() == 202) {
            assertThat(copy.operation()).as(both).isEqualTo(first.operation());
        }
        if (first.text().contains("\"credentials\"") && (copy.status() == 200 || copy.status() == 201)) {
            assertThat(copy.json()).as(both).isEqualTo(first.json());
        }
    }

    /** What a copy may be answered while the first one is, if that is answered this: it may not have been waited for. */
    private static Set<Integer> meanwhile(String method, int first) {
        return switch (method + " " + first) {
            case "PUT 201", "PUT 200", "PATCH 200" -> Set.of(200, 202);
            case "DELETE 200" -> Set.of(200, 202, 410);
            default -> afterwards(method, first);
        };
    }

    /** What a copy may be answered after the first one was answered this. */
    private static Set<Integer> afterwards(String method, int first) {
        return switch (method + " " + first) {
            case "PUT 201" -> Set.of(200);
            case "PUT 202", "PATCH 202" -> Set.of(202, 200);
            case "DELETE 200" -> Set.of(410);
            case "DELETE 202" -> Set.of(202, 410);
            default -> Set.of(first);
        };
    }
}
