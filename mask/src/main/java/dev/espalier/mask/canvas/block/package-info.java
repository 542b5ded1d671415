/** Weighted blocks of slots: best completions, sums over all completions, probabilities of tokens. */
@NullMarked
package dev.espalier.mask.canvas.block;

import org.jspecify.annotations.NullMarked;
