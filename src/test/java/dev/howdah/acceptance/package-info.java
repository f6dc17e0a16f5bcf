/** What the README promises, on the whole broker with real PostgreSQL servers. */
@NullMarked
package dev.howdah.acceptance;

import org.jspecify.annotations.NullMarked;
