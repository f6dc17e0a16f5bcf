package dev.howdah.osb;

import java.util.List;
import org.springframework.cloud.servicebroker.model.catalog.Catalog;
import org.springframework.cloud.servicebroker.model.catalog.ServiceDefinition;

/** A catalog that never changes, with the text it is sent as, so that it need not be written anew for each who asks. */
final class WrittenCatalog extends Catalog {
    private final byte[] json;

    WrittenCatalog(List<ServiceDefinition> services) {
        super(services);
        try {
            json = LibraryModels.MAPPER.writeValueAsBytes(new Catalog(services));
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** JSON. Not to be changed. */
    byte[] json() {
        return json;
    }
}
