/** The tokens of a language model: which bytes each spells, sets of them, tries over them, and tables made once for a vocabulary. */
@NullMarked
package dev.espalier.mask.vocabulary;

import org.jspecify.annotations.NullMarked;
