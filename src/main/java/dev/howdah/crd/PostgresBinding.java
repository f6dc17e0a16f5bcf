package dev.howdah.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.crd.generator.annotation.Labels;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One set of credentials for a PostgresInstance. The label lets service binding controllers find it (servicebinding.io). */
@Group("howdah.dev")
@Version("v1")
@Plural("postgresbindings")
@ShortNames("pgb")
@Labels("servicebinding.io/provisioned-service=true")
@AdditionalPrinterColumn(name = "Instance", jsonPath = ".spec.instanceRef", type = Type.STRING)
@AdditionalPrinterColumn(name = "Access", jsonPath = ".spec.access", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Role", jsonPath = ".status.role", type = Type.STRING)
@AdditionalPrinterColumn(name = "Secret", jsonPath = ".status.binding.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Expires", jsonPath = ".spec.expiresAt", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Reason",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        type = Type.STRING,
        priority = 1)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
public class PostgresBinding extends CustomResource<PostgresBindingSpec, PostgresBindingStatus> implements Namespaced {
    /** Keeps a binding until its role is gone. Whoever writes it at creation spares the reconciler a write. */
    public static final String FINALIZER = "howdah.dev/binding";
}
