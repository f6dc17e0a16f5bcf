/** Kills, cuts and slows down whatever Howdah depends on, and checks that nothing is lost, stuck or left over. */
@NullMarked
package dev.howdah.faults;

import org.jspecify.annotations.NullMarked;
