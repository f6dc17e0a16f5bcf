package dev.howdah.osb.acceptance;

import java.net.URI;
import java.util.Map;

/**
 * A running broker with the catalog application-acceptance.yml, and what a test may do to it from behind.
 */
public interface BrokerUnderTest {
    URI url();

    /** From now on no operation ends. */
    void hold();

    /** Operations go on. */
    void release();

    /** Operations that begin from now on fail, until {@link #recover()}. */
    void breakDown();

    /** Operations succeed again. */
    void recover();

    /**
     * The process ends and another one begins, with the same store.
     *
     * @param properties of Spring for the new one, as in {@code a.b=c}
     */
    void restart(String... properties);

    /** Lets the broker forget what has been deleted, as it does after a few days. */
    void forgetTheDeleted();

    /** How many instances and bindings there are, whatever their state. */
    int size();

    /** Whether a login with these credentials works; a broker without databases says so of each binding that exists. */
    boolean accepts(Map<String, String> credentials);

    /** Whether it has broken down in such a way that an operation has failed before its answer arrives. */
    default boolean failsAtOnce() {
        return false;
    }

    /** Whether a provisioning with {@code "crash": true} in its context fails in a way that nobody foresaw. */
    default boolean failsWhenAsked() {
        return true;
    }
}
