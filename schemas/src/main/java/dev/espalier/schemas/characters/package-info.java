/**
 * Automata over the characters of strings: from regular expressions and words, combined, minimised, counted, and spelled in the
 * bytes of JSON.
 */
@NullMarked
package dev.espalier.schemas.characters;

import org.jspecify.annotations.NullMarked;
