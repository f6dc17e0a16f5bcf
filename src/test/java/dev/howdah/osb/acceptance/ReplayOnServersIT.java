package dev.howdah.osb.acceptance;

/** Requests sent several times to the whole broker with real servers. */
@OnServers
class ReplayOnServersIT extends ReplayIT {}
