// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.torch.FreeMemory;
import dev.espalier.core.error.ModelException;
import java.util.OptionalLong;

/** The memory that weights take on the CPU: their own, and while they are loaded that of the largest tensor twice more. */
final class WeightMemory {

    /** Bits of a weight by the code of the program's precision: 32, 16, 16, 8 with a scale a row, 4 with a scale and a zero for each 32. */
    private static final int[] BITS = {32, 16, 16, 8, 5};

    /** The code of 16-bit floats, whose range is the narrowest. */
    static final int HALF = 1;

    static final String[] NAMES = {"float32", "float16", "bfloat16", "int8", "int4"};

    private WeightMemory() {}

    /** The bytes that loading takes at its peak. */
    static long peak(Checkpoint checkpoint, int precision) {
        int widest = Math.max(BITS[precision], precision > 2 ? 32 : 0);
        return checkpoint.parameters() * BITS[precision] / 8 + 2 * checkpoint.largest() * widest / 8;
    }

    /**
     * Compares the peak with what is free.
     *
     * @throws ModelException if there is less, with the numbers
     */
    static void require(Checkpoint checkpoint, int precision) {
        require(checkpoint, precision, FreeMemory.bytes());
    }

    static void require(Checkpoint checkpoint, int precision, OptionalLong free) {
        long needed = peak(checkpoint, precision);
        if (free.isPresent() && needed > free.getAsLong()) {
            String way = "";
            for (int other = precision + 1; other < BITS.length && way.isEmpty(); other++) {
                if (peak(checkpoint, other) <= free.getAsLong()) {
                    way = "; in " + NAMES[other] + " it would take " + megabytes(peak(checkpoint, other));
                }
            }
            throw new ModelException("loading " + checkpoint.parameters() + " weights in " + NAMES[precision]
                    + " takes "
                    + megabytes(needed) + " outside of the Java heap, and " + megabytes(free.getAsLong()) + " are free"
                    + way);
        }
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }
}
