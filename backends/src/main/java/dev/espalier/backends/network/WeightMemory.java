// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.torch.FreeMemory;
import dev.espalier.backends.torch.WeightForm;
import dev.espalier.core.error.ModelException;
import java.util.LongSummaryStatistics;
import java.util.OptionalLong;

/** The memory that weights take on the CPU: their own, and while they are loaded that of the largest tensor twice more. */
public final class WeightMemory {

    private WeightMemory() {}

    /**
     * The form that a tensor is kept in under a precision. With integers these are the matrices: those of layers in the precision, except that
     * codes of more than 4 bits become 8-bit integers; those of embedding and output are 8-bit integers always.
     */
    public static WeightForm form(Checkpoint.Stored tensor, WeightForm precision) {
        if (!precision.isInteger()) {
            return precision;
        } else if (tensor.isInLayer()) {
            boolean isFiner = !tensor.isFloat() && tensor.bits() > 4;
            return isFiner ? WeightForm.INT8 : precision;
        }
        boolean isOuter = tensor.name().equals("model.embed_tokens.weight")
                || tensor.name().equals("lm_head.weight");
        return isOuter ? WeightForm.INT8 : WeightForm.BFLOAT16;
    }

    /** The bytes that loading takes at its peak. */
    static long peak(Checkpoint checkpoint, WeightForm precision) {
        LongSummaryStatistics bytes = checkpoint.tensors().stream()
                .mapToLong(tensor -> form(tensor, precision).bytes(tensor.shape()))
                .summaryStatistics();
        return bytes.getSum() + 2 * bytes.getMax();
    }

    /**
     * Compares the peak with what is free.
     *
     * @throws ModelException if there is less, with the numbers
     */
    static void require(Checkpoint checkpoint, WeightForm precision) {
        require(checkpoint, precision, FreeMemory.bytes());
    }

    static void require(Checkpoint checkpoint, WeightForm precision, OptionalLong free) {
        long needed = peak(checkpoint, precision);
        if (free.isPresent() && needed > free.getAsLong()) {
            String way = "";
            for (WeightForm other : WeightForm.values()) {
                if (way.isEmpty() && other.compareTo(precision) > 0 && peak(checkpoint, other) <= free.getAsLong()) {
                    way = "; in " + other + " it would take " + megabytes(peak(checkpoint, other));
                }
            }
            throw new ModelException("loading " + checkpoint.parameters() + " weights in " + precision
                    + " takes "
                    + megabytes(needed) + " outside of the Java heap, and " + megabytes(free.getAsLong()) + " are free"
                    + way);
        }
    }

    private static String megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000 + " MB";
    }
}
