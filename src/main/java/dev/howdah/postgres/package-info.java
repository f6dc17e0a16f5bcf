/** Administration of one PostgreSQL server over JDBC: databases, roles, grants. Knows nothing of Kubernetes or OSB. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.howdah.postgres;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
