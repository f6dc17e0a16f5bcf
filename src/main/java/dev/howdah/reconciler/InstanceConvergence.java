package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceSpec;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec;
import dev.howdah.crd.PostgresServerStatus;
import dev.howdah.postgres.DatabaseName;
import dev.howdah.reconciler.PlanSizes.Outcome.Resolved;
import dev.howdah.reconciler.PlanSizes.Outcome.UnknownPlan;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings an instance to where its spec wants it: its server first, then its database. */
final class InstanceConvergence {
    /** The server's own reconciler wakes the instance; this is for the case that it could not. */
    private static final Duration WHILE_WAITING = Duration.ofSeconds(30);

    private static final Duration RETRY_DATABASE = Duration.ofMillis(500);
    private static final Duration AFTER_BAD_SPEC = Duration.ofMinutes(1);

    private static final String REVOKED = "; the change was taken back";

    /** @param instance as it is now; its spec may just have been completed */
    record Result(PostgresInstance instance, InstanceFindings found) {}

    private final PlanSizes sizes;
    private final ServerClaim claim = new ServerClaim();
    private final DatabaseStep databases;
    private final ProvisionTurns<ResourceID> turns;

    InstanceConvergence(PlanSizes sizes, DatabaseStep databases, ProvisionTurns<ResourceID> turns) {
        this.sizes = sizes;
        this.databases = databases;
        this.turns = turns;
    }

    Result converge(PostgresInstance instance, Context<PostgresInstance> context) {
        if (instance.getSpec().server() != null) {
            return new Result(instance, withServer(instance, instance.getSpec().server(), context));
        }
        return switch (sizes.resolve(instance.getSpec())) {
            case UnknownPlan(String message) ->
                new Result(instance, InstanceFindings.stuck(Finding.bad("PlanUnknown", message), AFTER_BAD_SPEC));
            case Resolved(PostgresInstanceSpec spec) -> completed(instance, spec, context);
        };
    }

    void forget(PostgresInstance instance) {
        databases.forget(instance);
        turns.giveBack(ResourceID.fromResource(instance));
    }

    Optional<PostgresServer> server(PostgresInstance instance, Context<PostgresInstance> context) {
        return claim.find(instance, context);
    }

    private Result completed(PostgresInstance instance, PostgresInstanceSpec spec, Context<PostgresInstance> context) {
        PostgresInstance patched = context.resourceOperations().jsonPatchPrimary(instance, copy -> {
            copy.setSpec(spec);
            return copy;
        });
        // What the operation returned is in the cache now, and whoever writes the status changes the object.
        PostgresInstance complete =
                context.getClient().getKubernetesSerialization().clone(patched);
        PostgresServerSpec server = complete.getSpec().server();
        return server == null
                ? new Result(
                        complete,
                        InstanceFindings.stuck(
                                Finding.bad("Retrying", "the plan's sizes are written into it"), RETRY_DATABASE))
                : new Result(complete, withServer(complete, server, context));
    }

    private InstanceFindings withServer(
            PostgresInstance instance, PostgresServerSpec spec, Context<PostgresInstance> context) {
        PostgresServerSpec wished =
                ServerClaim.wished(spec, context.getSecondaryResourcesAsStream(PostgresBinding.class));
        Optional<PostgresServer> claimed = claim.find(instance, context);
        if (claimed.filter(PostgresServer::isMarkedForDeletion).isPresent()) {
            return InstanceFindings.stuck(Finding.bad("ServerDeleted", "its server is being deleted"), WHILE_WAITING);
        }
        ResourceID id = ResourceID.fromResource(instance);
        if (claimed.isEmpty() && !turns.take(id, AskingPlatform.of(instance))) {
            return InstanceFindings.stuck(
                    Finding.bad("WaitingForTurn", "other instances are being provisioned; it is among the next"),
                    WHILE_WAITING);
        }
        PostgresServer server = claimed.map(existing -> claim.follow(existing, instance, wished, context))
                .orElseGet(() -> claim.create(instance, wished, context));
        InstanceFindings found = findings(instance, server, context);
        if (found.isDone()) {
            turns.giveBack(id);
        }
        return found;
    }

    /** The database is made as soon as the server lets Howdah in, while its status is being written to say so. */
    private InstanceFindings findings(
            PostgresInstance instance, PostgresServer seen, Context<PostgresInstance> context) {
        DatabaseName name = DatabaseNaming.database(instance);
        boolean ahead = !ServerStatuses.isReady(seen) && databases.canBegin(seen);
        boolean tried = ahead || ServerStatuses.isReady(seen);
        Finding database = tried
                ? databases.ensure(instance, seen, name, context.getSecondaryResourcesAsStream(PostgresBinding.class))
                : known(instance);
        PostgresServer server = ahead ? claim.find(instance, context).orElse(seen) : seen;
        PostgresServerStatus status = ServerStatuses.of(server);
        Finding ready = Conditions.finding(
                status.conditions(), Conditions.READY, Finding.bad("WaitingForServer", "the server is being created"));
        Finding applied = Revocation.isRevoked(instance, server)
                ? revoked(instance)
                : ServerStatuses.isUpToDate(server)
                        ? Finding.good("Applied", "all of the spec is in force")
                        : applied(server);
        Duration lookAgain = tried && "DatabaseWaiting".equals(database.reason())
                ? RETRY_DATABASE
                : ready.good() ? databases.lookAgain() : WHILE_WAITING;
        return new InstanceFindings(
                ready,
                database,
                applied,
                server.getMetadata().getName(),
                name.value(),
                status.endpoint(),
                ServerStatuses.diskSpace(status.usage()).orElse(null),
                lookAgain);
    }

    /** A server that is away for a moment has not lost its database. */
    private static Finding known(PostgresInstance instance) {
        return Conditions.finding(
                InstanceStatuses.of(instance).conditions(),
                Conditions.DATABASE_READY,
                InstanceFindings.databaseNotYet());
    }

    /** The reason of the failure stays to be read while the server works again as before. */
    private static Finding revoked(PostgresInstance instance) {
        String before = Optional.ofNullable(InstanceStatuses.of(instance).operation())
                .map(operation -> String.valueOf(operation.description()))
                .orElse("the change failed");
        return Finding.bad("ChangeRevoked", before.endsWith(REVOKED) ? before : before + REVOKED);
    }

    /** What was said of an earlier spec says nothing of this one. */
    private static Finding applied(PostgresServer server) {
        Finding notYet = Finding.bad("WaitingForServer", "the server has not taken over the change yet");
        List<Condition> conditions = ServerStatuses.of(server).conditions();
        boolean current = Conditions.find(conditions, Conditions.APPLIED)
                .filter(condition -> server.getMetadata().getGeneration().equals(condition.getObservedGeneration()))
                .isPresent();
        Finding said = Conditions.finding(conditions, Conditions.APPLIED, notYet);
        return current && !said.good() ? said : notYet;
    }
}
