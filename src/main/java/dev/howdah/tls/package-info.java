/** TLS of the API: whose certificate it shows, made and renewed by Howdah's own authority or read from files. */
@ApplicationModule(allowedDependencies = {"pki"})
@NullMarked
package dev.howdah.tls;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
