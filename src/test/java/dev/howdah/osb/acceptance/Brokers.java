package dev.howdah.osb.acceptance;

/** The broker that all classes of the suite share. */
final class Brokers {
    private static final class Holder {
        private static final BrokerUnderTest CURRENT = InMemoryBrokerUnderTest.started();
    }

    private Brokers() {}

    static BrokerUnderTest current() {
        return Holder.CURRENT;
    }
}
