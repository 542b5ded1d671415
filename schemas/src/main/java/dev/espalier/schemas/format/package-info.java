/**
 * The assertions of {@code format}, {@code contentEncoding} and {@code contentMediaType} about strings: patterns, and languages that are not
 * regular.
 */
@NullMarked
package dev.espalier.schemas.format;

import org.jspecify.annotations.NullMarked;
