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
 * @param tensors all tensors, in the order of the files
 */
public record LoadReport(List<Tensor> tensors) {

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

        /** Whether all weights are those of the file. */
        public boolean isKept() {
            return largest == 0;
        }
    }

    /** Copies the list. */
    public LoadReport {
        tensors = List.copyOf(tensors);
    }

    static LoadReport of(Checkpoint checkpoint, DecoderNetwork network, WeightForm precision) {
        List<Checkpoint.Stored> stored = checkpoint.tensors();
        double[] figures = network.roundings(
                stored.stream().map(Checkpoint.Stored::name).toList());
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
        return new LoadReport(tensors);
    }

    private static double share(double part, double whole) {
        return part == 0 ? 0 : part / whole;
    }

    /** The bytes of all weights in memory. */
    public long bytes() {
        return tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    /** One line, such as "272 tensors, 98 MB: 61 kept, 210 with the codes of the file and scales rounded (at most 0.20 %), 1 rounded (…)". */
    @Override
    public String toString() {
        List<Tensor> scales =
                tensors.stream().filter(t -> t.hasCodesOfFile() && !t.isKept()).toList();
        List<Tensor> rounded =
                tensors.stream().filter(t -> !t.hasCodesOfFile() && !t.isKept()).toList();
        int kept = tensors.size() - scales.size() - rounded.size();
        return String.format(Locale.ROOT, "%d tensors, %d MB: %d kept", tensors.size(), (bytes() + 999_999) / 1_000_000, kept)
                + part(scales, "with the codes of the file and scales rounded")
                + part(rounded, "rounded");
    }

    private static String part(List<Tensor> some, String what) {
        double most = some.stream().mapToDouble(Tensor::largest).max().orElse(0);
        return some.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, ", %d %s by at most %.2f %% of the largest weight", some.size(), what, 100 * most);
    }
}
