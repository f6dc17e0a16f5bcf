/** The loops that make the custom resources true: observe, decide, apply. */
@ApplicationModule(allowedDependencies = {"crd", "catalog", "workload", "postgres", "pki", "tls"})
@NullMarked
package dev.howdah.reconciler;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
