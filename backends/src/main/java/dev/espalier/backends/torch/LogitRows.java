// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.Logits;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of the logits of a forward pass: on a CPU they are copied to arrays, on a GPU they stay until they are read or the next pass frees
 * them. Used by one thread at a time.
 */
public final class LogitRows implements AutoCloseable {

    /** The resource that works with logits on a device. */
    public static final String PROGRAM = "program/logits.pt";

    private final int width;
    private final @Nullable TorchProgram onDevice;
    private @Nullable DeviceRows latest;

    /**
     * The store of the logits of one model.
     *
     * @param width the size of the vocabulary
     * @param onDevice the program {@code logits.pt} if logits stay with it, closed with this store; null to copy them
     */
    public LogitRows(int width, @Nullable TorchProgram onDevice) {
        this.width = width;
        this.onDevice = onDevice;
    }

    /** Whether logits stay on the device. */
    public boolean stay() {
        return onDevice != null;
    }

    /**
     * The rows of the latest pass; takes ownership of the tensor and frees the rows of the previous pass.
     *
     * @param fault the failure that is thrown, here or when they are used, for rows that are not finite
     */
    public List<Logits> latest(PtNDArray logits, Supplier<ModelException> fault) {
        if (onDevice == null) {
            return copied(logits, fault);
        }
        release();
        DeviceRows rows = new DeviceRows(onDevice, logits, width, fault);
        latest = rows;
        List<Logits> views = new ArrayList<>();
        for (int i = 0; i < logits.getShape().get(0); i++) {
            views.add(new TorchLogits(rows, i));
        }
        return List.copyOf(views);
    }

    /**
     * The rows as arrays, which outlive further passes; closes the tensor. Each is copied once, straight from PyTorch's memory.
     *
     * @param fault the failure that is thrown if a row is not finite
     */
    public List<Logits> copied(PtNDArray logits, Supplier<ModelException> fault) {
        try (logits) {
            FloatBuffer all =
                    logits.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
            List<Logits> rows = new ArrayList<>();
            while (all.hasRemaining()) {
                float[] row = new float[width];
                all.get(row);
                if (!isFinite(row)) {
                    throw fault.get();
                }
                rows.add(Logits.of(row));
            }
            return List.copyOf(rows);
        }
    }

    private static boolean isFinite(float[] row) {
        boolean finite = true;
        for (float value : row) {
            finite &= Math.abs(value) <= Float.MAX_VALUE;
        }
        return finite;
    }

    /** Frees the rows of the latest pass. */
    public void release() {
        if (latest != null) {
            latest.close();
            latest = null;
        }
    }

    @Override
    public void close() {
        release();
        if (onDevice != null) {
            onDevice.close();
        }
    }
}
