package dev.espalier.backends;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.sampler.Logits;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the logits of a forward pass: on a CPU they are copied to arrays, on a GPU they stay until they are asked
 * for or the next pass comes. Used by one thread at a time.
 */
final class LogitRows implements AutoCloseable {

    private final int width;
    private final @Nullable TorchProgram onDevice;
    private @Nullable DeviceRows latest;

    /**
     * Logits of one model.
     *
     * @param width the size of the vocabulary
     * @param onDevice the program {@code logits.pt} where logits stay with it, closed with this; null to copy them
     */
    LogitRows(int width, @Nullable TorchProgram onDevice) {
        this.width = width;
        this.onDevice = onDevice;
    }

    /** Whether logits stay on the device. */
    boolean stay() {
        return onDevice != null;
    }

    /** The rows of the latest pass, which frees those of the pass before; takes the tensor over. */
    List<Logits> latest(PtNDArray logits) {
        if (onDevice == null) {
            return copied(logits);
        }
        release();
        DeviceRows rows = new DeviceRows(onDevice, logits, width);
        latest = rows;
        List<Logits> views = new ArrayList<>();
        for (int i = 0; i < logits.getShape().get(0); i++) {
            views.add(new TorchLogits(rows, i));
        }
        return List.copyOf(views);
    }

    /** The rows as arrays, which outlive further passes; closes the tensor. Each is copied once, straight from PyTorch's memory. */
    List<Logits> copied(PtNDArray logits) {
        try (logits) {
            FloatBuffer all =
                    logits.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
            List<Logits> rows = new ArrayList<>();
            while (all.hasRemaining()) {
                float[] row = new float[width];
                all.get(row);
                rows.add(Logits.of(row));
            }
            return List.copyOf(rows);
        }
    }

    /** Frees the rows of the latest pass. */
    void release() {
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
