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
import java.util.Map;
import java.util.Set;

/** The weights of a GGUF file, as 32-bit floats. */
final class GgufCheckpoint implements Checkpoint {

    /** The most weights of a chunk. */
    private static final int CHUNK = 1 << 20;

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
    public long parameters() {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.rows() * tensor.rowLength())
                .sum();
    }

    @Override
    public long largest() {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.rows() * tensor.rowLength())
                .max()
                .orElse(0);
    }

    @Override
    public boolean isBrain() {
        long fine = tensors.values().stream()
                .filter(tensor -> tensor.type() == GgmlType.F32 || tensor.type() == GgmlType.F16)
                .mapToLong(tensor -> tensor.rows() * tensor.rowLength())
                .sum();
        return 2 * fine < parameters();
    }

    @Override
    public Map<String, TensorPlace> places() {
        Map<String, TensorPlace> places = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> places.put(name, new TensorPlace(file.source(), tensor.name())));
        return places;
    }

    @Override
    public void read(Sink sink) {
        float[] values = new float[0];
        ByteBuffer bytes = ByteBuffer.allocate(0);
        for (Map.Entry<String, GgufTensor> entry : tensors.entrySet()) {
            GgufTensor tensor = entry.getValue();
            int atOnce = (int) Math.max(1, Math.min(tensor.rows(), CHUNK / tensor.rowLength()));
            if (values.length < atOnce * tensor.rowLength()) {
                values = new float[atOnce * tensor.rowLength()];
                bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            }
            for (long row = 0; row < tensor.rows(); row += atOnce) {
                int rows = (int) Math.min(atOnce, tensor.rows() - row);
                int count = rows * tensor.rowLength();
                file.read(tensor, row, rows, values);
                bytes.clear().asFloatBuffer().put(values, 0, count);
                bytes.limit(4 * count);
                sink.put(entry.getKey(), tensor.shape(), TensorType.F32, row * tensor.rowLength(), bytes);
            }
        }
    }
}
