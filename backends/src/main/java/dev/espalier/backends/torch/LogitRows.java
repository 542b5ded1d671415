package dev.espalier.backends.torch;

import ai.djl.pytorch.engine.PtNDArray;
import dev.espalier.sampler.Logits;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logits of a model's forward passes: on a CPU they are copied to arrays, on a GPU they stay until they are asked for or
 * the next pass comes. Used by one thread at a time.
 */
public final class LogitRows implements AutoCloseable {

    /** The resource that works with logits on a device. */
    public static final String PROGRAM = "program/logits.pt";

    private final int width;
    private final @Nullable TorchProgram onDevice;
    private @Nullable DeviceRows latest;

    /**
     * Logits of one model.
     *
     * @param width the size of the vocabulary
     * @param onDevice the program {@code logits.pt} where logits stay with it, closed with this; null to copy them
     */
    public LogitRows(int width, @Nullable TorchProgram onDevice) {
        this.width = width;
        this.onDevice = onDevice;
    }

    /** Whether logits stay on the device. */
    public boolean stay() {
        return onDevice != null;
    }

    /** The rows of the latest pass, which frees those of the pass before; takes the tensor over. */
    public List<Logits> latest(PtNDArray logits) {
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
    public List<Logits> copied(PtNDArray logits) {
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
