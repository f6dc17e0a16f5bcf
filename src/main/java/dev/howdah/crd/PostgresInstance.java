package dev.howdah.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A database that a platform, or a person, provisioned. */
@Group("howdah.dev")
@Version("v1")
@Plural("postgresinstances")
@ValidationRule(
        value = "size(self.metadata.name) <= 51",
        message = "a name has at most 51 characters, so that the objects made from it can be named")
@ShortNames("pgi")
@AdditionalPrinterColumn(name = "Plan", jsonPath = ".spec.plan", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".status.endpoint.host", type = Type.STRING)
@AdditionalPrinterColumn(name = "Port", jsonPath = ".status.endpoint.port", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Database", jsonPath = ".status.database", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Server", jsonPath = ".status.server", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class PostgresInstance extends CustomResource<PostgresInstanceSpec, PostgresInstanceStatus>
        implements Namespaced {
    /** Keeps an instance until its server is gone. Whoever writes it at creation spares the reconciler a write. */
    public static final String FINALIZER = "howdah.dev/instance";
}
