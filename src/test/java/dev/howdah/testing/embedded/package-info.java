/**
 * Howdah without a cluster: an in-process Kubernetes API, and a node that runs the containers of a StatefulSet as local
 * processes, among them real PostgreSQL servers.
 */
@NullMarked
package dev.howdah.testing.embedded;

import org.jspecify.annotations.NullMarked;
