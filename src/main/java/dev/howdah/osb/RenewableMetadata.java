package dev.howdah.osb;

import static java.time.ZoneOffset.UTC;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.howdah.broker.ServiceBinding;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.servicebroker.model.binding.BindingMetadata;

/** The library's binding metadata with what OSB 2.17 adds to it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
final class RenewableMetadata extends BindingMetadata {
    /** OSB, Binding Metadata Object: yyyy-mm-ddThh:mm:ss.sZ. */
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.S'Z'").withZone(UTC);

    private final @Nullable String renewBefore;

    private RenewableMetadata(@Nullable String expiresAt, @Nullable String renewBefore) {
        super(expiresAt);
        this.renewBefore = renewBefore;
    }

    /** Null if there is nothing to say. */
    static @Nullable RenewableMetadata of(ServiceBinding binding) {
        return binding.expiresAt() == null && binding.renewBefore() == null
                ? null
                : new RenewableMetadata(text(binding.expiresAt()), text(binding.renewBefore()));
    }

    @JsonProperty("renew_before")
    @Nullable
    String getRenewBefore() {
        return renewBefore;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : FORM.format(instant);
    }
}
