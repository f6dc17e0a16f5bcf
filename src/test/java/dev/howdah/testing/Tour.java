package dev.howdah.testing;

import java.net.URI;
import tools.jackson.databind.JsonNode;

/** The commands that show everything once, with this broker's address and the ids of its catalog. */
public final class Tour {
    private Tour() {}

    /** Asks the running broker for its catalog. */
    public static String of(URI broker) {
        JsonNode service = OsbClient.of(broker, EmbeddedBroker.USER, EmbeddedBroker.PASSWORD)
                .get("/v2/catalog")
                .json()
                .path("services")
                .path(0);
        return """

                Howdah answers at BROKER, user USER, password PASSWORD. Paste this for a tour:

                alias osb="curl -sS -u USER:PASSWORD -H 'X-Broker-API-Version: 2.17' -H 'Content-Type: application/json'"
                instance=BROKER/v2/service_instances/tour
                osb BROKER/v2/catalog
                osb -X PUT "$instance?accepts_incomplete=true" -d '{"service_id": "SERVICE", "plan_id": "PLAN", "organization_guid": "tour", "space_guid": "tour", "parameters": {"init-db-args": "--data-checksums"}}'
                osb "$instance/last_operation"
                uri=$(osb -X PUT "$instance/service_bindings/app" -d '{"service_id": "SERVICE", "plan_id": "PLAN"}' | sed 's/.*"uri" *: *"\\([^"]*\\)".*/\\1/')
                psql "$uri" -c 'show data_checksums' -c 'create table notes (note text)' -c "insert into notes values ('hello')" -c 'table notes'
                osb -X DELETE "$instance/service_bindings/app?service_id=SERVICE&plan_id=PLAN"
                osb -X DELETE "$instance?accepts_incomplete=true&service_id=SERVICE&plan_id=PLAN"
                osb "$instance/last_operation"
                """.replace("BROKER", broker.toString())
                .replace("USER", EmbeddedBroker.USER)
                .replace("PASSWORD", EmbeddedBroker.PASSWORD)
                .replace("SERVICE", service.path("id").asString(""))
                .replace("PLAN", service.path("plans").path(0).path("id").asString(""));
    }
}
