/** What tests of every module share: a PostgreSQL server, and the broker running with everything it needs. */
@NullMarked
package dev.howdah.testing;

import org.jspecify.annotations.NullMarked;
