/** The options that several commands have: corpora, tokenizers, threads, where results go. */
@NullMarked
package dev.espalier.jsonschemabench.option;

import org.jspecify.annotations.NullMarked;
