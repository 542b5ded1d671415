// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.network.DecoderNetwork;
import dev.espalier.backends.network.WeightMemory;
import dev.espalier.backends.torch.WeightForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What loading did to the weights of a model: which were kept as the files have them, which were rounded, and how far. Immutable.
 *
 * @param precision the precision of the model, never {@link Precision#AUTO}
 * @param tensors all tensors, in the order of the files
 */
public record LoadReport(Precision precision, List<Tensor> tensors) {

    /**
     * A tensor.
     *
     * @param name its name in the program
     * @param stored the name of its type in the files, such as {@code Q4_1}
     * @param memory the form in memory; in {@link Precision#INT8} and {@link Precision#INT4} vectors are {@link Precision#BFLOAT16}
     * @param weights the number of weights
     * @param bytes the bytes in memory
     * @param hasCodesOfFile whether the codes of a quantised tensor are those of the file, and only their scales were rounded
     * @param largest the largest difference of a weight from that of the file, as a share of the largest weight of the tensor
     * @param rootMeanSquare the differences as a share of the weights, each by its root mean square
     */
    public record Tensor(
            String name,
            String stored,
            Precision memory,
            long weights,
            long bytes,
            boolean hasCodesOfFile,
            double largest,
            double rootMeanSquare) {

        /** What became of its weights. */
        public Fate fate() {
            return largest == 0 ? Fate.KEPT : hasCodesOfFile ? Fate.SCALES_ROUNDED : Fate.ROUNDED;
        }
    }

    /** What becomes of the weights of a tensor. */
    public enum Fate {
        /** All are those of the file. */
        KEPT,
        /** Their codes are those of the file; their scales were rounded. */
        SCALES_ROUNDED,
        /** They were rounded. */
        ROUNDED
    }

    /** Copies the list. */
    public LoadReport {
        tensors = List.copyOf(tensors);
    }

    static LoadReport of(Checkpoint checkpoint, DecoderNetwork network, WeightForm precision) {
        List<Checkpoint.Stored> stored = checkpoint.tensors();
        double[] figures =
                network.roundings(stored.stream().map(Checkpoint.Stored::name).toList());
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Checkpoint.Stored tensor = stored.get(i);
            WeightForm form = WeightMemory.form(tensor, precision);
            tensors.add(new Tensor(
                    tensor.name(),
                    tensor.type(),
                    Precision.valueOf(form.name()),
                    tensor.weights(),
                    form.bytes(tensor.shape()),
                    form == WeightForm.INT4 && tensor.hasFourBitCodes(),
                    share(figures[4 * i], figures[4 * i + 1]),
                    Math.sqrt(share(figures[4 * i + 2], figures[4 * i + 3]))));
        }
        return new LoadReport(Precision.valueOf(precision.name()), tensors);
    }

    private static double share(double part, double whole) {
        return part == 0 ? 0 : part / whole;
    }

    /** The bytes of all weights in memory. */
    public long bytes() {
        return tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    /** The tensors of a fate. */
    public List<Tensor> tensors(Fate fate) {
        return tensors.stream().filter(tensor -> tensor.fate() == fate).toList();
    }

    /** Whether all weights are those of the files. */
    public boolean isExact() {
        return tensors(Fate.KEPT).size() == tensors.size();
    }

    /** The largest difference of a weight from that of the file, as a share of the largest weight of its tensor. */
    public double largest() {
        return tensors.stream().mapToDouble(Tensor::largest).max().orElse(0);
    }

    /** One line, such as "int8, 135 MB: 61 tensors kept, 211 rounded by at most 0.39 % of their largest weight". */
    @Override
    public String toString() {
        int codes = tensors(Fate.SCALES_ROUNDED).size();
        int rounded = tensors(Fate.ROUNDED).size();
        String name = precision.name().toLowerCase(Locale.ROOT);
        return name + ", " + (bytes() + 999_999) / 1_000_000 + " MB: "
                + (tensors.size() - codes - rounded) + " tensors kept"
                + (codes == 0 ? "" : ", of " + codes + " the codes kept and the scales rounded")
                + (rounded == 0 ? "" : ", " + rounded + " rounded")
                + (isExact()
                        ? ""
                        : String.format(Locale.ROOT, ", by at most %.2f %% of their largest weight", 100 * largest()));
    }
}
