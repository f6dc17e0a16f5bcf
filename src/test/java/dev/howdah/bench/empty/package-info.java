/** What brokers are compared with: a web application that does nothing. */
@NullMarked
package dev.howdah.bench.empty;

import org.jspecify.annotations.NullMarked;
