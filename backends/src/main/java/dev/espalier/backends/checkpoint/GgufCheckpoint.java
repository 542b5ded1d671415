// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.file.TensorType;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.backends.gguf.GgufTensor;
import dev.espalier.backends.gguf.block.GgmlType;
import dev.espalier.core.error.ModelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The weights of a GGUF file, as 32-bit floats or as its codes. */
final class GgufCheckpoint implements Checkpoint {

    /** The most weights of a chunk. */
    private static final int CHUNK = 1 << 17;

    /** Tensors that are no weights: factors of the rotation, which the configuration has. */
    private static final Set<String> FACTORS =
            Set.of("rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight");

    private final GgufFile file;

    /** The tensors by their names in the program, in the order of the file. */
    private final Map<String, GgufTensor> tensors = new LinkedHashMap<>();

    GgufCheckpoint(GgufFile file, ModelConfig config) {
        this.file = file;
        Map<String, String> programNames = new LinkedHashMap<>();
        Map<String, long[]> needed = NeededTensors.of(config);
        needed.keySet().forEach(name -> programNames.put(config.names().inFiles(name), name));
        for (GgufTensor tensor : file.tensors()) {
            String name = programNames.get(tensor.name());
            long[] shape = name == null ? null : needed.get(name);
            if (name != null && shape != null) {
                check(tensor, shape);
                tensors.put(name, tensor);
            } else if (!FACTORS.contains(tensor.name())) {
                throw fault(tensor.name(), "is not part of " + config.architecture() + " with this metadata");
            }
        }
        programNames.forEach((inFile, name) -> {
            if (!tensors.containsKey(name)) {
                throw fault(inFile, "is missing");
            }
        });
    }

    private void check(GgufTensor tensor, long[] shape) {
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw fault(
                    tensor.name(),
                    "has shape " + Arrays.toString(tensor.shape()) + "; the metadata asks for "
                            + Arrays.toString(shape));
        }
    }

    private ModelException fault(String tensor, String what) {
        return new ModelException(file.source() + ": tensor " + tensor + " " + what);
    }

    @Override
    public List<Stored> tensors() {
        return tensors.entrySet().stream()
                .map(entry -> {
                    GgmlType type = entry.getValue().type();
                    return new Stored(
                            entry.getKey(), type.name(), entry.getValue().shape(), type.bits());
                })
                .toList();
    }

    @Override
    public Map<String, TensorPlace> places() {
        Map<String, TensorPlace> places = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> places.put(name, new TensorPlace(file.source(), tensor.name())));
        return places;
    }

    @Override
    public void read(Sink sink) {
        tensors.forEach((name, tensor) -> {
            boolean asCodes = tensor.type().hasFourBitCodes();
            if (asCodes && sink instanceof CodeSink taker && taker.takesCodes(name)) {
                readCodes(name, tensor, taker);
            } else {
                readValues(name, tensor, sink);
            }
        });
    }

    private static int rowsAtOnce(GgufTensor tensor) {
        return (int) Math.max(1, Math.min(tensor.rows(), CHUNK / tensor.rowLength()));
    }

    private void readValues(String name, GgufTensor tensor, Sink sink) {
        int atOnce = rowsAtOnce(tensor);
        float[] values = new float[atOnce * tensor.rowLength()];
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long row = 0; row < tensor.rows(); row += atOnce) {
            int rows = (int) Math.min(atOnce, tensor.rows() - row);
            int count = rows * tensor.rowLength();
            file.read(tensor, row, rows, values);
            bytes.clear().asFloatBuffer().put(values, 0, count);
            bytes.limit(4 * count);
            sink.put(name, tensor.shape(), TensorType.F32, row * tensor.rowLength(), bytes);
        }
    }

    private void readCodes(String name, GgufTensor tensor, CodeSink sink) {
        int atOnce = rowsAtOnce(tensor);
        byte[] blocks = new byte[atOnce * tensor.rowBytes()];
        for (long row = 0; row < tensor.rows(); row += atOnce) {
            int rows = (int) Math.min(atOnce, tensor.rows() - row);
            int groups = rows * tensor.rowLength() / 32;
            byte[] pairs = new byte[16 * groups];
            float[] scales = new float[2 * groups];
            file.readBlocks(tensor, row, rows, blocks);
            tensor.type().codes(blocks, groups, pairs, scales);
            sink.putCodes(name, tensor.shape(), row * tensor.rowLength(), ByteBuffer.wrap(pairs), scales);
        }
    }
}
