package dev.howdah.reconciler;

import dev.howdah.crd.Endpoint;
import dev.howdah.crd.PostgresServer;
import dev.howdah.crd.PostgresServerSpec.Resources;
import dev.howdah.crd.PostgresServerStatus.Phase;
import dev.howdah.crd.PostgresServerStatus.Usage;
import dev.howdah.postgres.RejectedException;
import dev.howdah.postgres.ServerAddress;
import dev.howdah.reconciler.ServerCare.Look.Failed;
import dev.howdah.reconciler.ServerCare.Look.NotDue;
import dev.howdah.reconciler.ServerCare.Look.Seen;
import dev.howdah.workload.WorkloadSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Brings the objects of a server to where its spec wants them, one step a round, and says how far that is. */
final class ServerWorkload {
    /** Events of other controllers tell of most changes; what they write as Kubernetes Events only is looked up. */
    private static final Duration WHILE_WAITING = Duration.ofSeconds(2);

    /** What a person has to solve is not tried every other second. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    /** A new pod template goes to one server after the other. */
    private static final Duration UNTIL_ITS_TURN = Duration.ofSeconds(3);

    private static final Duration AFTER_BAD_SPEC = Duration.ofMinutes(10);

    private final ServerObjectsStep objects;
    private final ServerLogin login;
    private final ServerAccess access;
    private final ServerCare care;
    private final WarningEvents warnings;
    private final WorkloadSettings settings;

    ServerWorkload(
            ServerObjectsStep objects,
            ServerLogin login,
            ServerAccess access,
            ServerCare care,
            WarningEvents warnings,
            WorkloadSettings settings) {
        this.objects = objects;
        this.login = login;
        this.access = access;
        this.care = care;
        this.warnings = warnings;
        this.settings = settings;
    }

    ServerFindings converge(PostgresServer server, Context<PostgresServer> context) {
        ServerObjectsStep.Result step;
        try {
            step = objects.apply(server, context);
        } catch (IllegalArgumentException wrong) {
            Finding invalid = Finding.bad("InvalidSpec", String.valueOf(wrong.getMessage()));
            return new ServerFindings(invalid, invalid, Phase.Failed, null, null, null, AFTER_BAD_SPEC);
        }
        ServerChildren children = step.children();
        Pod pod = children.pod();
        Optional<Endpoint> endpoint = ServerEndpoint.of(server, children.clientService(), pod, settings);
        if (pod == null || !Pods.isRunning(pod)) {
            access.forget(server);
            if (pod != null) {
                objects.hasten(server, children, pod);
            }
            Finding waiting = step.hindrance()
                    .filter(hindrance -> pod == null && Troubles.isTrouble(hindrance))
                    .orElseGet(() -> waitingReason(server, children));
            return new ServerFindings(
                    waiting, applied(step, waiting), Phase.Pending, endpoint.orElse(null), null, null, WHILE_WAITING);
        }
        Optional<ServerAddress> address = endpoint.flatMap(place -> access.of(place, pod, children.adminSecret()));
        access.seen(server, address.map(target -> new ServerAccess.Place(target, endpoint.get())));
        ServerLogin.Result answer = login.attempt(server, pod, endpoint, address, care.interval());
        if (!answer.ready().good() || endpoint.isEmpty()) {
            return new ServerFindings(
                    answer.ready(),
                    applied(step, answer.ready()),
                    Phase.Starting,
                    endpoint.orElse(null),
                    null,
                    null,
                    login.retryDelay(pod));
        }
        return whenReady(server, step, pod, endpoint.get(), address, answer);
    }

    void forget(PostgresServer server) {
        objects.forget(server);
        login.forget(server);
        access.forget(server);
        care.forget(server);
    }

    private ServerFindings whenReady(
            PostgresServer server,
            ServerObjectsStep.Result step,
            Pod pod,
            Endpoint endpoint,
            Optional<ServerAddress> address,
            ServerLogin.Result answer) {
        ServerChildren children = step.children();
        Finding applied = applied(step, answer.ready());
        if (applied.good() && address.isPresent() && specChanged(server)) {
            applied = settingsInForce(server, address.get(), pod);
        }
        boolean firstTime = ServerStatuses.of(server).observedGeneration() == null;
        if (firstTime && applied.good()) {
            care.startedWith(server, Pods.incarnation(pod));
        }
        if (applied.good() && Pods.isReady(pod) && !step.queued()) {
            objects.done(server);
        }
        Optional<Usage> usage = address.flatMap(target -> usage(server, pod, endpoint, target, children));
        Duration lookAgain = step.queued() ? UNTIL_ITS_TURN : lookAgain(applied, Pods.isReady(pod), care.isNew(server));
        return new ServerFindings(
                answer.ready(), applied, Phase.Starting, endpoint, answer.version(), usage.orElse(null), lookAgain);
    }

    /** A look is a login too: what came of it counts as one. */
    private Optional<Usage> usage(
            PostgresServer server, Pod pod, Endpoint endpoint, ServerAddress address, ServerChildren children) {
        return switch (care.look(server, address, children)) {
            case NotDue() -> Optional.empty();
            case Seen(Usage usage) -> {
                login.confirm(server, pod, endpoint);
                yield Optional.of(usage);
            }
            case Failed() -> {
                login.doubt(server);
                yield Optional.empty();
            }
        };
    }

    private Duration lookAgain(Finding applied, boolean podReady, boolean isNew) {
        if (Troubles.isTrouble(applied)) {
            return AFTER_TROUBLE;
        }
        if (!applied.good() || !podReady) {
            return WHILE_WAITING;
        }
        return isNew ? ServerCare.SOON : care.interval();
    }

    private Finding settingsInForce(PostgresServer server, ServerAddress address, Pod pod) {
        try {
            Set<String> waiting = care.applySettings(server, Pods.incarnation(pod), address);
            if (waiting.isEmpty()) {
                return Finding.good("Applied", "all of the spec is in force");
            }
            objects.restart(pod);
            return Finding.bad("Restarting", "the server restarts for " + String.join(", ", waiting));
        } catch (RejectedException refused) {
            return Finding.bad("SettingRefused", "PostgreSQL refuses a setting: " + refused.getMessage());
        }
    }

    private static boolean specChanged(PostgresServer server) {
        Long observed = ServerStatuses.of(server).observedGeneration();
        return observed != null && !observed.equals(server.getMetadata().getGeneration());
    }

    /** What keeps the spec from being in force, the server's own state last. */
    private static Finding applied(ServerObjectsStep.Result step, Finding ready) {
        return step.hindrance()
                .orElseGet(() -> ready.good()
                        ? Finding.good("Applied", "all of the spec is in force")
                        : Finding.bad(ready.reason(), ready.message()));
    }

    private Finding waitingReason(PostgresServer server, ServerChildren children) {
        Resources resources = server.getSpec().resources();
        return WaitingReason.of(
                children.volumeClaim(), children.pod(), warnings.about(server), resources.cpu(), resources.memory());
    }
}
