package dev.howdah.broker;

/** The platform's id of a service binding: 1 to 255 printable characters. */
public record BindingId(String value) {
    public BindingId {
        Identifiers.requirePrintable("binding_id", value);
    }
}
