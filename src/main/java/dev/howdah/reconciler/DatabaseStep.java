package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
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
import java.util.stream.Stream;

/** The database of an instance, with the roles that own and read it. */
final class DatabaseStep {
    private final PostgresServers servers;
    private final ServerAccess access;
    private final StrayRoles strays;
    private final RecentChecks checks;
    private final Duration drift;

    /** @param drift how soon it is noticed that a person changed a role or a privilege */
    DatabaseStep(PostgresServers servers, ServerAccess access, StrayRoles strays, Duration drift, Clock clock) {
        this.servers = servers;
        this.access = access;
        this.strays = strays;
        this.checks = new RecentChecks(clock);
        this.drift = drift;
    }

    /**
     * Makes it, and looks after the roles on it.
     *
     * @param server one that answers SQL
     * @param bindings of the instance, as far as is known
     */
    Finding ensure(
            PostgresInstance instance, PostgresServer server, DatabaseName name, Stream<PostgresBinding> bindings) {
        List<String> extensions =
                Optional.ofNullable(instance.getSpec().extensions()).orElse(List.of());
        DatabaseSpec spec = new DatabaseSpec(name, extensions);
        Object state = List.of(server.getMetadata().getUid(), spec);
        String uid = instance.getMetadata().getUid();
        if (checks.knows(uid, state, lookAgain())) {
            return ready(name);
        }
        Optional<ServerAddress> address = access.of(server);
        if (address.isEmpty()) {
            return Finding.bad("WaitingForServer", "the server has no address yet");
        }
        try {
            if (wasReady(instance)) {
                strays.remove(instance, address.get(), name, servers.ensureDatabase(address.get(), spec), bindings);
            } else if (!servers.makeDatabase(address.get(), spec)) {
                strays.remove(instance, address.get(), name, servers.ownLoginRoles(address.get(), name), bindings);
            }
        } catch (RejectedException refused) {
            return Finding.bad("DatabaseRefused", String.valueOf(refused.getMessage()));
        } catch (PostgresException failure) {
            access.forget(server);
            return Finding.bad("DatabaseWaiting", "the database is not ready yet: " + failure.getMessage());
        }
        checks.remember(uid, state);
        access.provenAgain(server, address.get());
        return ready(name);
    }

    private static boolean wasReady(PostgresInstance instance) {
        return Conditions.isTrue(InstanceStatuses.of(instance).conditions(), Conditions.DATABASE_READY);
    }

    /** When to come back although nothing happened. */
    Duration lookAgain() {
        return checks.interval(drift);
    }

    /** Whether a login to the server has just succeeded, though its status may not say so yet. */
    boolean canBegin(PostgresServer server) {
        return access.justProven(server).isPresent();
    }

    void forget(PostgresInstance instance) {
        checks.forget(instance.getMetadata().getUid());
    }

    private static Finding ready(DatabaseName name) {
        return Finding.good("DatabaseReady", "the database " + name.value() + " is as it shall be");
    }
}
