// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import dev.espalier.backends.gguf.block.GgmlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A checkpoint of which only names, types and shapes are known. */
public record TensorList(List<Stored> tensors) implements Checkpoint {

    /** An embedding, and layers whose projections have one type each, all of the same size. */
    public static TensorList of(GgmlType embedding, GgmlType... projections) {
        List<Stored> tensors = new ArrayList<>();
        tensors.add(stored("model.embed_tokens.weight", embedding, 100));
        tensors.add(stored("model.norm.weight", GgmlType.F32, 1));
        for (int layer = 0; layer < projections.length; layer++) {
            tensors.add(stored("model.layers." + layer + ".mlp.down_proj.weight", projections[layer], 100));
        }
        return new TensorList(List.copyOf(tensors));
    }

    private static Stored stored(String name, GgmlType type, long rows) {
        return new Stored(name, type.name(), new long[] {rows, 256}, type.bits());
    }

    @Override
    public Map<String, TensorPlace> places() {
        return Map.of();
    }

    @Override
    public void read(Sink sink) {
        throw new AssertionError("nothing is read");
    }
}
