/**
 * What {@code format}, {@code contentEncoding} and {@code contentMediaType} assert of strings: patterns, and languages that no
 * finite automaton has.
 */
@NullMarked
package dev.espalier.schemas.format;

import org.jspecify.annotations.NullMarked;
