// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.espalier.backends.checkpoint.Checkpoint;
import dev.espalier.backends.file.TensorType;
import dev.espalier.backends.torch.TorchProgram;
import dev.espalier.backends.torch.WeightForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the elements of tensors into the program by way of one buffer, and has each layer built when its last tensor is there. */
final class WeightTransfer implements Checkpoint.CodeSink {

    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\..*");

    private final TorchProgram program;

    /** The tensors that are kept as 4-bit integers. */
    private final Set<String> coded = new HashSet<>();

    /** The number of tensors of each layer that are not there yet. */
    private final Map<Integer, Integer> missing = new HashMap<>();

    private ByteBuffer direct = ByteBuffer.allocateDirect(0);

    WeightTransfer(TorchProgram program, Checkpoint checkpoint, WeightForm precision) {
        this.program = program;
        for (Checkpoint.Stored tensor : checkpoint.tensors()) {
            if (WeightMemory.form(tensor, precision) == WeightForm.INT4) {
                coded.add(tensor.name());
            }
            Matcher layer = LAYER.matcher(tensor.name());
            if (layer.matches()) {
                missing.merge(Integer.parseInt(layer.group(1)), 1, Integer::sum);
            }
        }
    }

    @Override
    public boolean takesCodes(String name) {
        return coded.contains(name);
    }

    @Override
    public void putCodes(String name, long[] shape, long offset, ByteBuffer pairs, float[] scales) {
        int count = pairs.remaining();
        int bytes = count + Float.BYTES * scales.length;
        reserve(bytes);
        direct.asFloatBuffer().put(scales);
        direct.position(Float.BYTES * scales.length).put(pairs);
        ByteBuffer codes = direct.position(Float.BYTES * scales.length)
                .limit(bytes)
                .slice()
                .order(ByteOrder.nativeOrder());
        direct.position(0).limit(Float.BYTES * scales.length);
        try (PtNDArray values = program.wrap(codes, count, DataType.UINT8);
                PtNDArray factors = program.wrap(direct, scales.length, DataType.FLOAT32)) {
            program.run(
                    "put_codes",
                    IValue.from(name),
                    IValue.from(values),
                    IValue.from(factors),
                    IValue.listFrom(shape),
                    IValue.from(offset));
        }
        end(name, shape, offset + 2L * count);
    }

    private void reserve(int bytes) {
        if (direct.capacity() < bytes) {
            direct = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        direct.clear();
    }

    @Override
    public void put(String name, long[] shape, TensorType type, long offset, ByteBuffer chunk) {
        int count = chunk.remaining() / type.bytes();
        boolean half = type == TensorType.F16;
        int bytes = count * (half ? 2 : 4);
        reserve(bytes);
        if (type == TensorType.BF16) {
            IntBuffer floats = direct.asIntBuffer();
            while (chunk.hasRemaining()) {
                floats.put(chunk.getShort() << 16);
            }
        } else {
            direct.put(chunk).rewind();
        }
        direct.limit(bytes);
        DataType element = half ? DataType.FLOAT16 : DataType.FLOAT32;
        try (PtNDArray values = program.wrap(direct, count, element)) {
            program.run("put", IValue.from(name), IValue.from(values), IValue.listFrom(shape), IValue.from(offset));
        }
        end(name, shape, offset + count);
    }

    /** Notes how many elements of a tensor are there. */
    private void end(String name, long[] shape, long elements) {
        Matcher layer = LAYER.matcher(name);
        if (elements == Arrays.stream(shape).reduce(1, (a, b) -> a * b) && layer.matches()) {
            int index = Integer.parseInt(layer.group(1));
            if (missing.merge(index, -1, Integer::sum) == 0) {
                program.run("build_layer", IValue.from((long) index));
            }
        }
    }
}
