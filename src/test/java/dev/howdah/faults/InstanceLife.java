package dev.howdah.faults;

import dev.howdah.faults.Platform.Outcome;
import dev.howdah.faults.Summary.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** One instance from its provision to its end, with what has been promised about it. */
final class InstanceLife {
    private static final Duration SQL_PATIENCE = Duration.ofMinutes(15);

    private final String id;
    private final Platform platform;
    private final SplittableRandom random;
    private final Summary summary;
    private final Map<String, String> bindings = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> rows = new ArrayList<>();
    private int storage = 1;
    private int made;
    private volatile boolean provisioned;

    InstanceLife(String id, Platform platform, SplittableRandom random, Summary summary) {
        this.id = id;
        this.platform = platform;
        this.random = random;
        this.summary = summary;
    }

    /** The same instance, used by a platform that talks to other replicas. */
    InstanceLife through(Platform other) {
        InstanceLife same = new InstanceLife(id, other, random.split(), summary);
        same.provisioned = provisioned;
        same.bindings.putAll(bindings);
        same.rows.addAll(rows);
        same.storage = storage;
        same.made = made;
        return same;
    }

    boolean isProvisioned() {
        return provisioned;
    }

    Map<String, String> bindings() {
        return bindings;
    }

    /** The credentials of all bindings, as JDBC URLs. */
    List<String> credentials() {
        synchronized (bindings) {
            return List.copyOf(bindings.values());
        }
    }

    /** Whether it has lived long enough, by chance. */
    boolean isDue() {
        return random.nextInt(15) == 0;
    }

    /** Has the platform delete it until that is heard, and looks no further. */
    void abandon() {
        provisioned = false;
        try {
            platform.send("DELETE", path() + "?accepts_incomplete=true&" + Platform.QUERY, null);
        } catch (Platform.GivenUp hopeless) {
            summary.say("cannot even delete " + id);
        }
    }

    String id() {
        return id;
    }

    String path() {
        return "/v2/service_instances/" + id;
    }

    private String body(String more) {
        return "{" + Platform.IDS + ", \"organization_guid\": \"o\", \"space_guid\": \"s\"" + more + "}";
    }

    void provision() {
        finish("provision", path(), platform.send("PUT", path() + "?accepts_incomplete=true", body("")), 200, 201);
        provisioned = true;
    }

    /** One thing that platforms do, by chance. */
    void act() {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> bind();
            case 3, 4 -> unbind();
            case 5 -> update();
            case 6 -> provisionAgain();
            case 7 -> conflict();
            case 8 -> fetch();
            case 9 -> bindAgain();
            default -> use();
        }
    }

    void bind() {
        if (bindings.size() > 6) {
            return;
        }
        String binding = id + "-b" + made++;
        String path = path() + "/service_bindings/" + binding;
        Outcome outcome = platform.send("PUT", path + async(), Platform.BIND);
        finish("bind", path, outcome, 200, 201);
        String credentials = credentials(outcome.status() == 202 ? platform.send("GET", path, null) : outcome);
        if (credentials.isEmpty()) {
            summary.broken(Promise.LOST, "no credentials for " + binding + ": " + outcome.answer());
            return;
        }
        bindings.put(binding, credentials);
    }

    /** Makes the binding that was made last once more, under the same id. */
    void rebind() {
        made--;
        bind();
    }

    private static String credentials(Outcome outcome) {
        return outcome.answer().json().path("credentials").path("jdbc_url").asString("");
    }

    private String async() {
        return random.nextBoolean() ? "?accepts_incomplete=true" : "";
    }

    private void bindAgain() {
        any().ifPresent(binding -> sameCredentials(
                binding, platform.send("PUT", path() + "/service_bindings/" + binding + async(), Platform.BIND)));
    }

    private void sameCredentials(String binding, Outcome outcome) {
        summary.count("credentials compared");
        if (!credentials(outcome).equals(bindings.get(binding))) {
            summary.broken(Promise.LOST, "other credentials for " + binding + ": " + outcome.status());
        }
    }

    private void fetch() {
        Outcome instance = platform.send("GET", path(), null);
        if (instance.status() != 200) {
            summary.broken(Promise.LOST, "the instance is not found: " + instance.answer());
        }
        any().ifPresent(binding ->
                sameCredentials(binding, platform.send("GET", path() + "/service_bindings/" + binding, null)));
    }

    void unbind() {
        any().ifPresent(this::unbind);
    }

    private void unbind(String binding) {
        String path = path() + "/service_bindings/" + binding;
        Database database = new Database(bindings.get(binding));
        Outcome outcome = platform.send(
                "DELETE", path + "?" + Platform.QUERY + (random.nextBoolean() ? "&accepts_incomplete=true" : ""), null);
        finish("unbind", path, outcome, outcome.repeated() ? new int[] {200, 410} : new int[] {200});
        bindings.remove(binding);
        try {
            Waiting.until("the role of " + binding + " is gone", SQL_PATIENCE, database::isRefused);
            summary.count("revocations checked");
        } catch (AssertionError still) {
            summary.broken(Promise.LEAKED, "credentials work after unbind: " + binding);
        }
    }

    void update() {
        boolean grow = storage < 5 && random.nextInt(3) == 0;
        if (grow) {
            storage++;
        }
        String parameters = grow
                ? "{\"storage\": \"%dGi\"}".formatted(storage)
                : "{\"settings\": {\"work_mem\": \"%dkB\"}}".formatted(1024 + 64 * random.nextInt(30));
        Outcome outcome = platform.send(
                "PATCH",
                path() + "?accepts_incomplete=true",
                "{" + Platform.IDS + ", \"parameters\": " + parameters + "}");
        finish("update", path(), outcome, 200);
    }

    private void provisionAgain() {
        if (storage == 1) {
            Outcome outcome = platform.send("PUT", path() + "?accepts_incomplete=true", body(""));
            if (!Set.of(200, 202, 409).contains(outcome.status())) {
                summary.broken(Promise.WRONG, "the same provision again: " + outcome.answer());
            }
            if (outcome.status() == 202) {
                platform.await(path(), outcome);
            }
        }
    }

    private void conflict() {
        Outcome outcome = platform.send(
                "PUT", path() + "?accepts_incomplete=true", body(", \"parameters\": {\"storage\": \"5Gi\"}"));
        summary.count("conflicting requests");
        if (outcome.status() != 409 && storage != 5) {
            summary.broken(Promise.WRONG, "a conflicting provision: " + outcome.answer());
        }
    }

    /** Writes a row and counts those that were acknowledged before. */
    void use() {
        any().map(bindings::get).map(Database::new).ifPresent(database -> {
            String row = id + "-" + rows.size();
            try {
                Waiting.until("the database takes a row", SQL_PATIENCE, () -> {
                    database.insert(row);
                    return true;
                });
                rows.add(row);
                summary.count("rows written");
                check(database);
            } catch (AssertionError away) {
                summary.broken(Promise.LOST, "credentials do not work: " + database + ": " + away.getCause());
            }
        });
    }

    private void check(Database database) {
        int[] found = {0};
        Waiting.until("the rows can be counted", SQL_PATIENCE, () -> {
            found[0] = database.rows();
            return true;
        });
        if (found[0] != rows.size()) {
            summary.broken(Promise.LOST, "%d rows of %d in %s".formatted(found[0], rows.size(), id));
        }
    }

    /** Everything that was promised holds, now that nothing disturbs. */
    void verify() {
        fetch();
        for (String binding : List.copyOf(bindings.keySet())) {
            sameCredentials(binding, platform.send("GET", path() + "/service_bindings/" + binding, null));
            try {
                Database database = new Database(bindings.get(binding));
                Waiting.until("the credentials work", SQL_PATIENCE, () -> {
                    database.connect().close();
                    return true;
                });
                summary.count("logins checked");
            } catch (AssertionError refused) {
                summary.broken(Promise.LOST, "credentials of " + binding + " do not work: " + refused.getCause());
            }
        }
    }

    void deprovision() {
        Outcome outcome = platform.send("DELETE", path() + "?accepts_incomplete=true&" + Platform.QUERY, null);
        finish("deprovision", path(), outcome, outcome.repeated() ? new int[] {200, 410} : new int[] {200});
        provisioned = false;
        bindings.clear();
        int status = platform.send("GET", path(), null).status();
        if (status != 404) {
            summary.broken(Promise.LEAKED, id + " is still there: " + status);
        }
    }

    private void finish(String operation, String path, Outcome outcome, int... allowed) {
        summary.count("operations");
        summary.count("operations: " + operation);
        if (outcome.status() == 202) {
            long begun = System.nanoTime();
            String state = platform.await(path, outcome);
            summary.ended(operation, Duration.ofNanos(System.nanoTime() - begun));
            boolean gone = state.equals("gone")
                    && outcome.answer().response().request().method().equals("DELETE");
            if (!state.equals("succeeded") && !gone) {
                summary.broken(Promise.STUCK, operation + " of " + path + " ended as " + state);
                throw new Platform.GivenUp(path);
            }
        } else if (java.util.Arrays.stream(allowed).noneMatch(status -> status == outcome.status())) {
            summary.broken(Promise.WRONG, operation + ": " + outcome.answer());
            throw new Platform.GivenUp(path);
        }
    }

    private java.util.Optional<String> any() {
        return bindings.isEmpty()
                ? java.util.Optional.empty()
                : bindings.keySet().stream()
                        .skip(random.nextInt(bindings.size()))
                        .findFirst();
    }
}
