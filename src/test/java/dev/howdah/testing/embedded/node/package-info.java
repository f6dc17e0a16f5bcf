/**
 * A Kubernetes node whose containers are local processes, and with it the controllers that a cluster would have: stateful
 * sets, volume provisioning, garbage collection. It works on any API server, and only on the objects that Howdah makes.
 */
@NullMarked
package dev.howdah.testing.embedded.node;

import org.jspecify.annotations.NullMarked;
