package dev.howdah.crd;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A PostgreSQL server that runs. Knows nothing of OSB, databases or bindings. */
@Group("howdah.dev")
@Version("v1")
@Plural("postgresservers")
@ShortNames("pgs")
public class PostgresServer extends CustomResource<PostgresServerSpec, PostgresServerStatus> implements Namespaced {}
