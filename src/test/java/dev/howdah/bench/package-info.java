/** Benchmarks: programs that measure a broker from outside. They pass or fail nothing. */
@NullMarked
package dev.howdah.bench;

import org.jspecify.annotations.NullMarked;
