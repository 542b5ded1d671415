// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.block;

import dev.espalier.mask.canvas.slot.Lattice;
import java.util.function.IntFunction;

/**
 * Some slots of a row, side by side, each fixed or free, with weights for the tokens of the free ones.
 *
 * @param slots all slots of the row; none is endless
 * @param from the first slot of the block
 * @param to the slot after its last
 * @param weights of a free slot of the block, by token; not modified
 */
public record Block(Lattice slots, int from, int to, IntFunction<float[]> weights) {}
