package dev.howdah.osb.acceptance;

/** The broker that all classes of the suite share: {@code -Dhowdah.acceptance=embedded} is the whole one. */
final class Brokers {
    private static final class Holder {
        private static final BrokerUnderTest CURRENT = "embedded".equals(System.getProperty("howdah.acceptance"))
                ? EmbeddedBrokerUnderTest.started()
                : InMemoryBrokerUnderTest.started();
    }

    private Brokers() {}

    static BrokerUnderTest current() {
        return Holder.CURRENT;
    }
}
