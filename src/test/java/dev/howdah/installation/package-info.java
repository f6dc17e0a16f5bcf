/**
 * What only an installed Howdah can show, with the manifests that are shipped and the permissions they give. Runs when the system
 * property {@code howdah.installation} names a kubeconfig of a cluster with {@code broker-manifests/overlays/dev}, whose Services and
 * pods this machine reaches.
 */
@NullMarked
package dev.howdah.installation;

import org.jspecify.annotations.NullMarked;
