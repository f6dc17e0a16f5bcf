package dev.howdah.postgres;

/**
 * One thing that shall hold on a server, and how to make it hold.
 *
 * @param condition SQL expression over the catalogs that is true when it holds; may be null or false otherwise, and must not
 *     fail whatever exists or not
 * @param remedy SQL that makes it hold, given that the requirements before it hold
 */
record Requirement(String condition, String remedy) {}
