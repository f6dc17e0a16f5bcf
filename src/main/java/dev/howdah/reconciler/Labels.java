package dev.howdah.reconciler;

import dev.howdah.crd.PostgresBinding;
import dev.howdah.crd.PostgresInstance;

/** Labels, annotations and finalizers that the reconcilers set besides the workload's. */
final class Labels {
    /** Label of a PostgresServer: the name of the PostgresInstance that has claimed it. */
    static final String INSTANCE = "howdah.dev/instance";

    /** Label of a Secret: the name of the PostgresBinding whose credentials it holds. */
    static final String BINDING = "howdah.dev/binding";

    /** Label of a volume that outlived its server; its value is the server's name. */
    static final String RETAINED = "howdah.dev/retained-from";

    /** Annotation of a volume that outlived its server: the uid of the PostgresServer that made it. */
    static final String MADE_BY = "howdah.dev/made-by";

    /** Annotation of a PostgresServer: Retain keeps its volume when the server is deleted. */
    static final String DELETION_POLICY = "howdah.dev/deletion-policy";

    /** Annotation of the pod template: a hash of it, so that a pod of an older template is known. */
    static final String TEMPLATE = "howdah.dev/template";

    static final String SERVER_FINALIZER = "howdah.dev/server";
    static final String INSTANCE_FINALIZER = PostgresInstance.FINALIZER;
    static final String BINDING_FINALIZER = PostgresBinding.FINALIZER;

    private Labels() {}
}
