package dev.howdah.reconciler;

import dev.howdah.crd.Operation;
import dev.howdah.crd.PostgresInstance;
import dev.howdah.crd.PostgresInstanceStatus;
import dev.howdah.crd.PostgresInstanceStatus.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of the turns in an instance's life, and of nothing in between. */
final class InstanceEvents {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceEvents.class);

    private final EventRecorder events;

    InstanceEvents(EventRecorder events) {
        this.events = events;
    }

    void announce(PostgresInstance instance, PostgresInstanceStatus next) {
        PostgresInstanceStatus old = InstanceStatuses.of(instance);
        Operation operation = next.operation();
        if (old.phase() != next.phase() && operation != null) {
            turn(instance, next, operation);
        }
        Finding before = Conditions.finding(old.conditions(), Conditions.READY, Finding.bad("Unknown", ""));
        Finding after = Conditions.finding(next.conditions(), Conditions.READY, Finding.bad("Unknown", ""));
        if (next.phase() == Phase.Ready && before.good() && !after.good()) {
            events.warning(instance, "Degraded", after.message());
        } else if (Troubles.isTrouble(after) && !after.reason().equals(before.reason())) {
            events.warning(instance, after.reason(), after.message());
        }
        warnOfFullDisk(instance, old, next);
    }

    private void warnOfFullDisk(PostgresInstance instance, PostgresInstanceStatus old, PostgresInstanceStatus next) {
        Finding enough = Finding.good("Enough", "");
        Finding before = Conditions.finding(old.conditions(), Conditions.DISK_SPACE, enough);
        Finding after = Conditions.finding(next.conditions(), Conditions.DISK_SPACE, enough);
        if (before.good() && !after.good()) {
            events.warning(instance, after.reason(), after.message());
        }
    }

    private void turn(PostgresInstance instance, PostgresInstanceStatus next, Operation operation) {
        String text = String.valueOf(operation.description());
        LOG.atInfo()
                .addKeyValue("instance", instance.getMetadata().getName())
                .addKeyValue("operation", operation.id())
                .addKeyValue("phase", next.phase())
                .log("Instance changed");
        switch (next.phase()) {
            case Provisioning -> events.normal(instance, "Provisioning", "server " + next.server() + " is claimed");
            case Ready -> events.normal(instance, "Ready", text);
            case Updating -> events.normal(instance, "Updating", "the server follows the changed spec");
            case Failed -> events.warning(instance, "Failed", text);
            case Pending, Deleting -> {}
            case null -> {}
        }
    }
}
