/** What only a real cluster can show. Runs when the system property {@code howdah.cluster.kubeconfig} names one. */
@NullMarked
package dev.howdah.cluster;

import org.jspecify.annotations.NullMarked;
