// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.espalier.core.error.InvalidLogitsException;
import dev.espalier.core.error.ModelException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.sampler.law.Choice;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The logits of one forward pass, a row for each sequence, in the device's memory. The next forward pass frees them; reading them later throws
 * a {@link ModelException}. Used by the thread that runs the model.
 */
@FastPath(oracle = "DeviceSamplingTest")
final class DeviceRows implements AutoCloseable {

    private final TorchProgram operations;
    private final PtNDArray logits;
    private final int width;
    private float @Nullable [] copied;
    private double @Nullable [] usable;
    private boolean closed;

    /**
     * The logits of a pass on a device.
     *
     * @param operations the program {@code logits.pt}
     * @param logits [rows, width], 32-bit floats; owned from here on
     */
    DeviceRows(TorchProgram operations, PtNDArray logits, int width) {
        this.operations = operations;
        this.logits = logits;
        this.width = width;
    }

    int width() {
        return width;
    }

    /** A copy of one row; the first call fetches all rows. */
    float[] row(int row) {
        float[] all = copied;
        if (all == null) {
            requireOpen();
            try (PtNDArray fetched = operations.tensor("fetch", IValue.from(logits))) {
                all = fetched.toFloatArray();
            }
            copied = all;
        }
        return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    /** Draws a token on the device; empty if the row has logits that need the more careful sampler on the CPU. */
    Optional<Choice> sample(int row, long[] mask, SamplingParameters parameters, DoubleSupplier uniform) {
        requireOpen();
        if (usable()[row] == 0) {
            return Optional.empty();
        }
        double number = parameters.isGreedy() ? 0 : uniform.getAsDouble();
        double[] result;
        try (PtNDArray words = operations.longs(mask, new Shape(mask.length));
                PtNDArray drawn = operations.tensor(
                        "sample",
                        IValue.from(logits),
                        IValue.from((long) row),
                        IValue.from(words),
                        IValue.from(parameters.temperature()),
                        IValue.from((long) parameters.topK()),
                        IValue.from(parameters.topP()),
                        IValue.from(parameters.minP()),
                        IValue.from(number))) {
            result = drawn.toDoubleArray();
        }
        if (result[0] == 0) {
            throw new InvalidLogitsException("the logits of all allowed tokens are minus infinity");
        }
        return Optional.of(new Choice((int) result[1], result[2], result[3], result[4], result[5] != 0));
    }

    private double[] usable() {
        double[] known = usable;
        if (known == null) {
            try (PtNDArray flags = operations.tensor("usable", IValue.from(logits))) {
                known = flags.toDoubleArray();
            }
            usable = known;
        }
        return known;
    }

    private void requireOpen() {
        if (closed) {
            throw new ModelException("these logits are of an earlier forward pass and are gone");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            logits.close();
        }
    }
}
