/** What an operator watches: health, metrics of requests and resources, ids in the log, and no secret in any of them. */
@ApplicationModule(allowedDependencies = {"catalog", "crd"})
@NullMarked
package dev.howdah.observability;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
