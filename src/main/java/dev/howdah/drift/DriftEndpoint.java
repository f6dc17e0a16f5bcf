package dev.howdah.drift;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code GET /actuator/howdah}: looks at everything when asked, and only then. */
@Endpoint(id = "howdah")
class DriftEndpoint {
    private final DriftCheck check;

    DriftEndpoint(DriftCheck check) {
        this.check = check;
    }

    @ReadOperation
    DriftReport report() {
        return check.report();
    }
}
