/** The Kubernetes objects of one PostgreSQL server, computed purely from its custom resource. */
@ApplicationModule(allowedDependencies = {"catalog", "crd"})
@NullMarked
package dev.howdah.workload;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
