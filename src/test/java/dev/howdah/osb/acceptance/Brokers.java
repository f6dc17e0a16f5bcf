package dev.howdah.osb.acceptance;

/**
 * The broker that all classes of the suite share: {@code -Dhowdah.acceptance=embedded} is the whole one, and an address that
 * of a cluster.
 */
final class Brokers {
    private static final class WithServers {
        private static final BrokerUnderTest WHOLE = EmbeddedBrokerUnderTest.started();
    }

    private static final class Current {
        private static final BrokerUnderTest BROKER = switch (System.getProperty("howdah.acceptance", "")) {
            case "embedded" -> withServers();
            case String address when address.startsWith("https://") -> new InstalledBrokerUnderTest();
            default -> InMemoryBrokerUnderTest.started();
        };
    }

    private Brokers() {}

    static BrokerUnderTest current() {
        return Current.BROKER;
    }

    /** The whole one, whatever the other classes run on. */
    static BrokerUnderTest withServers() {
        return WithServers.WHOLE;
    }
}
