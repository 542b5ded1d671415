/** Spans of texts as languages: which strings are quoted from a source, and where they stand in it. */
@NullMarked
package dev.espalier.schemas.span;

import org.jspecify.annotations.NullMarked;
