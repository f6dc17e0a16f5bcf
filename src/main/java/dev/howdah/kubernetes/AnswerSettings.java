package dev.howdah.kubernetes;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How long an answer may be held back.
 *
 * @param instanceWait for provision, update and deprovision to be final instead of 202; zero answers at once
 * @param bindWait for bind and unbind, and for an instance that a bind finds busy
 * @param syncWait for everything when the platform does not accept an asynchronous answer; platforms hang up after a minute
 */
@ConfigurationProperties("howdah.osb")
record AnswerSettings(
        @Name("wait") @DefaultValue("10s") Duration instanceWait,
        @DefaultValue("20s") Duration bindWait,
        @DefaultValue("50s") Duration syncWait) {

    AnswerSettings {
        requirePositive("howdah.osb.wait", instanceWait);
        requirePositive("howdah.osb.bind-wait", bindWait);
        requirePositive("howdah.osb.sync-wait", syncWait);
    }

    Patience instance(boolean asyncAccepted) {
        return new Patience(asyncAccepted ? instanceWait : syncWait, asyncAccepted);
    }

    Patience binding(boolean asyncAccepted) {
        return new Patience(asyncAccepted ? bindWait : syncWait, asyncAccepted);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative");
        }
    }
}
