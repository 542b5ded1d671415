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
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
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
    private final Supplier<ModelException> fault;
    private float @Nullable [] copied;
    private double @Nullable [] finite;
    private boolean closed;

    /**
     * The logits of a pass on a device.
     *
     * @param operations the program {@code logits.pt}
     * @param logits [rows, width], 32-bit floats; owned from here on
     * @param fault the failure that is thrown when a row is used that is not finite
     */
    DeviceRows(TorchProgram operations, PtNDArray logits, int width, Supplier<ModelException> fault) {
        this.operations = operations;
        this.logits = logits;
        this.width = width;
        this.fault = fault;
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
        requireFinite(row);
        return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    /** Draws a token on the device. */
    Choice sample(int row, long[] mask, SamplingParameters parameters, DoubleSupplier uniform) {
        requireOpen();
        requireFinite(row);
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
        return new Choice((int) result[1], result[2], result[3], result[4], result[5] != 0);
    }

    private void requireFinite(int row) {
        double[] known = finite;
        if (known == null) {
            requireOpen();
            try (PtNDArray flags = operations.tensor("finite", IValue.from(logits))) {
                known = flags.toDoubleArray();
            }
            finite = known;
        }
        if (known[row] == 0) {
            requireOpen();
            throw fault.get();
        }
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
