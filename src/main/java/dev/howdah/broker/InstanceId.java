package dev.howdah.broker;

/** The platform's id of a service instance: 1 to 255 printable characters. */
public record InstanceId(String value) {
    public InstanceId {
        Identifiers.requirePrintable("instance_id", value);
    }
}
