package dev.howdah.faults;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;

/** An API server on a bad day: of a hundred requests so many go wrong in some way. */
record ApiNoise(SplittableRandom random, Summary summary, int percent) implements Function<ProxiedCall, Verdict> {
    @Override
    public synchronized Verdict apply(ProxiedCall call) {
        if (random.nextInt(100) >= percent) {
            return Verdict.PASS;
        }
        Verdict verdict = fault(call);
        summary.count("API: " + name(verdict));
        return verdict;
    }

    private Verdict fault(ProxiedCall call) {
        return switch (random.nextInt(8)) {
            case 0 -> new Verdict.Refuse(429);
            case 1 -> new Verdict.Refuse(500);
            case 2 -> new Verdict.Refuse(503);
            // A conflict without a cause is possible only where something is changed.
            case 3 ->
                call.method().equals("PUT") || call.method().equals("PATCH")
                        ? new Verdict.Refuse(409)
                        : new Verdict.Drop();
            case 4 -> new Verdict.Drop();
            case 5 -> new Verdict.LoseAnswer();
            default -> new Verdict.Delay(Duration.ofMillis(100 + random.nextInt(1500)));
        };
    }

    private static String name(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refuse(int status) -> "answer " + status;
            default -> verdict.getClass().getSimpleName();
        };
    }
}
