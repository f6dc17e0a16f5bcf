package dev.howdah.osb.acceptance;

/** What platforms send in a life of an instance, to the whole broker with real servers. */
@OnServers
class PlatformTracesOnServersIT extends PlatformTracesIT {}
