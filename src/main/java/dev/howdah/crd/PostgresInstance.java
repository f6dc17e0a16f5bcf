package dev.howdah.crd;

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
@ShortNames("pgi")
public class PostgresInstance extends CustomResource<PostgresInstanceSpec, PostgresInstanceStatus>
        implements Namespaced {}
