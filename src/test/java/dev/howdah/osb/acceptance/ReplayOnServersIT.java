package dev.howdah.osb.acceptance;

/** Requests sent several times to the whole broker with real servers. */
class ReplayOnServersIT extends ReplayIT {
    ReplayOnServersIT() {
        super(Brokers.withServers());
    }
}
