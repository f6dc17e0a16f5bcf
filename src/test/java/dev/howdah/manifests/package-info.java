/** What is shipped in broker-manifests and docs fits the code. */
@NullMarked
package dev.howdah.manifests;

import org.jspecify.annotations.NullMarked;
