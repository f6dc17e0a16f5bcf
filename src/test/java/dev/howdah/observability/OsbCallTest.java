package dev.howdah.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.observability.OsbCall.Operation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OsbCallTest {
    private static final String INSTANCE = "/v2/service_instances/i";
    private static final String BINDING = INSTANCE + "/service_bindings/b";

    @Test
    void everyCallOfTheSpecificationHasItsName() {
        assertThat(operation("GET", "/v2/catalog")).contains(Operation.CATALOG);
        assertThat(operation("PUT", INSTANCE)).contains(Operation.PROVISION);
        assertThat(operation("PATCH", INSTANCE)).contains(Operation.UPDATE);
        assertThat(operation("DELETE", INSTANCE)).contains(Operation.DEPROVISION);
        assertThat(operation("GET", INSTANCE)).contains(Operation.FETCH_INSTANCE);
        assertThat(operation("GET", INSTANCE + "/last_operation")).contains(Operation.POLL_INSTANCE);
        assertThat(operation("PUT", BINDING)).contains(Operation.BIND);
        assertThat(operation("DELETE", BINDING)).contains(Operation.UNBIND);
        assertThat(operation("GET", BINDING)).contains(Operation.FETCH_BINDING);
        assertThat(operation("GET", BINDING + "/last_operation")).contains(Operation.POLL_BINDING);
    }

    @Test
    void whateverElseIsAskedForIsOneSeriesOrNone() {
        assertThat(operation("BREW", INSTANCE)).contains(Operation.OTHER);
        assertThat(operation("GET", "/v2/made/up")).contains(Operation.OTHER);
        assertThat(operation("GET", "/actuator/health")).isEmpty();
    }

    private static Optional<Operation> operation(String method, String path) {
        return OsbCall.of(method, path).map(OsbCall::operation);
    }
}
