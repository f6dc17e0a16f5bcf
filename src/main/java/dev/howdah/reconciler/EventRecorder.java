package dev.howdah.reconciler;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happened to a resource ({@code kubectl describe}). The same reason and message of the same resource is
 * one Event that counts. Never holds a reconciler up and never fails it.
 */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int LONGEST_MESSAGE = 1024; // events.k8s.io refuses more

    /** Nobody reads an Event within a second, but what it tells of is just under way. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final Clock clock;

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    void normal(HasMetadata about, String reason, String message) {
        record(about, "Normal", reason, message);
    }

    void warning(HasMetadata about, String reason, String message) {
        record(about, "Warning", reason, message);
    }

    private void record(HasMetadata about, String type, String reason, String message) {
        Event event = event(about, type, reason, message);
        Thread.ofVirtual().name("event-recorder").start(() -> {
            LockSupport.parkNanos(LATER.toNanos());
            try {
                write(event);
            } catch (IllegalStateException closed) {
                lost(event, closed); // the process ends
            }
        });
    }

    private void write(Event event) {
        try {
            client.resource(event).create();
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                countAgain(event);
            } else {
                lost(event, failure);
            }
        }
    }

    private void countAgain(Event event) {
        try {
            client.resource(event)
                    .edit(existing -> new EventBuilder(existing)
                            .withCount(Optional.ofNullable(existing.getCount()).orElse(1) + 1)
                            .withLastTimestamp(event.getLastTimestamp())
                            .build());
        } catch (KubernetesClientException failure) {
            lost(event, failure);
        }
    }

    private static void lost(Event event, Exception why) {
        LOG.atDebug().addKeyValue("reason", event.getReason()).setCause(why).log("Event not recorded");
    }

    private Event event(HasMetadata about, String type, String reason, String message) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String text = message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
        return new EventBuilder()
                .withNewMetadata()
                .withName(about.getMetadata().getName() + "."
                        + Fingerprints.ofText(about.getMetadata().getUid() + reason + text))
                .withNamespace(about.getMetadata().getNamespace())
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withName(about.getMetadata().getName())
                .withNamespace(about.getMetadata().getNamespace())
                .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(text)
                .withCount(1)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withNewSource()
                .withComponent("howdah")
                .endSource()
                .build();
    }
}
