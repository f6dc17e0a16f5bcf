/**
 * A Kubernetes API server in memory: what the controllers of this project rely on, with the rules of the real one
 * (optimistic locking, server-side apply, finalizers, status subresources, schemas, watches). No authentication.
 */
@NullMarked
package dev.howdah.testing.embedded.api;

import org.jspecify.annotations.NullMarked;
