/** Patterns as they are written, for those that no grammar can express. */
@NullMarked
package dev.espalier.grammar.regex.tree;

import org.jspecify.annotations.NullMarked;
