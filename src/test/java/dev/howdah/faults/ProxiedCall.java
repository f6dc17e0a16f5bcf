package dev.howdah.faults;

/** A request to the API server as a proxy sees it. */
public record ProxiedCall(String method, String path, boolean watch) {
    /** Whether it changes something that counts: a lease and an event are neither wish nor effect. */
    boolean isEffect() {
        return isWrite() && !path.contains("/leases") && !path.contains("/events");
    }

    boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    @Override
    public String toString() {
        return method + " " + path.replaceFirst("^/apis?/", "").replaceFirst("namespaces/[^/]+/", "");
    }
}
