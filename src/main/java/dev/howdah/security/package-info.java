/** Who may call: credentials, TLS, audit. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.howdah.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
