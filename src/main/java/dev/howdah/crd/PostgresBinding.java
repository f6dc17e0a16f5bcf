package dev.howdah.crd;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One set of credentials for a PostgresInstance. */
@Group("howdah.dev")
@Version("v1")
@Plural("postgresbindings")
@ShortNames("pgb")
public class PostgresBinding extends CustomResource<PostgresBindingSpec, PostgresBindingStatus> implements Namespaced {}
