/**
 * The acceptance suite of the API: real HTTP against a whole broker. Each test says with {@link
 * dev.howdah.osb.acceptance.OsbCase} which numbered cases it shows; docs/conformance.md is made of them.
 */
package dev.howdah.osb.acceptance;
