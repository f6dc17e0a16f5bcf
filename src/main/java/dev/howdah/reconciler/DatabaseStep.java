package dev.howdah.reconciler;

import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresServer;
import dev.howdah.postgres.DatabaseName;
import dev.howdah.postgres.DatabaseSpec;
import dev.howdah.postgres.PostgresException;
import dev.howdah.postgres.PostgresServers;
import dev.howdah.postgres.RejectedException;
import dev.howdah.postgres.ServerAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The database of an instance, with the roles that own and read it. */
final class DatabaseStep {
    /** How soon it is noticed that a person changed a role or a privilege. */
    static final Duration DRIFT = Duration.ofMinutes(5);

    private final PostgresServers servers;
    private final ServerAccess access;
    private final RecentChecks checks;

    DatabaseStep(PostgresServers servers, ServerAccess access, Clock clock) {
        this.servers = servers;
        this.access = access;
        this.checks = new RecentChecks(clock);
    }

    /** @param server one that answers SQL */
    Finding ensure(PostgresInstance instance, PostgresServer server, DatabaseName name) {
        List<String> extensions =
                Optional.ofNullable(instance.getSpec().extensions()).orElse(List.of());
        DatabaseSpec spec = new DatabaseSpec(name, extensions);
        Object state = List.of(server.getMetadata().getUid(), spec);
        String uid = instance.getMetadata().getUid();
        if (checks.knows(uid, state, DRIFT)) {
            return ready(name);
        }
        Optional<ServerAddress> address = access.of(server);
        if (address.isEmpty()) {
            return Finding.bad("WaitingForServer", "the server has no address yet");
        }
        try {
            servers.ensureDatabase(address.get(), spec);
        } catch (RejectedException refused) {
            return Finding.bad("DatabaseRefused", String.valueOf(refused.getMessage()));
        } catch (PostgresException failure) {
            return Finding.bad("DatabaseWaiting", "the database is not ready yet: " + failure.getMessage());
        }
        checks.remember(uid, state);
        return ready(name);
    }

    void forget(PostgresInstance instance) {
        checks.forget(instance.getMetadata().getUid());
    }

    private static Finding ready(DatabaseName name) {
        return Finding.good("DatabaseReady", "the database " + name.value() + " is as it shall be");
    }
}
