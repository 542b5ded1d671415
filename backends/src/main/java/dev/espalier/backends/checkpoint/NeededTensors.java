// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names, as the program has them, and shapes of the tensors that a configuration needs. */
final class NeededTensors {

    private NeededTensors() {}

    /** All shapes by name. */
    static Map<String, long[]> of(ModelConfig c) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        long hidden = c.hiddenSize();
        shapes.put("model.embed_tokens.weight", new long[] {c.vocabularySize(), hidden});
        shapes.put("model.norm.weight", new long[] {hidden});
        if (!c.tied()) {
            shapes.put("lm_head.weight", new long[] {c.vocabularySize(), hidden});
        }
        for (int layer = 0; layer < c.layers(); layer++) {
            String prefix = "model.layers." + layer + ".";
            addAttention(shapes, prefix + "self_attn.", c);
            addFeedForward(shapes, prefix + "mlp.", c);
            for (String place : List.of("attention", "mlp")) {
                if (c.norms().before()) {
                    shapes.put(prefix + "before_" + place + ".weight", new long[] {hidden});
                }
                if (c.norms().after()) {
                    shapes.put(prefix + "after_" + place + ".weight", new long[] {hidden});
                }
            }
        }
        return shapes;
    }

    private static void addAttention(Map<String, long[]> shapes, String prefix, ModelConfig c) {
        ModelConfig.Attention attention = c.attention();
        long queries = (long) attention.heads() * attention.headSize();
        long keys = (long) attention.groups() * attention.headSize();
        boolean bias = c.biases().query();
        if (c.joined()) {
            add(shapes, prefix + "qkv_proj", queries + 2 * keys, c.hiddenSize(), bias);
        } else {
            add(shapes, prefix + "q_proj", queries, c.hiddenSize(), bias);
            add(shapes, prefix + "k_proj", keys, c.hiddenSize(), bias);
            add(shapes, prefix + "v_proj", keys, c.hiddenSize(), bias);
        }
        add(shapes, prefix + "o_proj", c.hiddenSize(), queries, c.biases().output());
        if (attention.headNorm() != ModelConfig.HeadNorm.NONE) {
            boolean wide = attention.headNorm() == ModelConfig.HeadNorm.WIDE;
            shapes.put(prefix + "q_norm.weight", new long[] {wide ? queries : attention.headSize()});
            shapes.put(prefix + "k_norm.weight", new long[] {wide ? keys : attention.headSize()});
        }
    }

    private static void addFeedForward(Map<String, long[]> shapes, String prefix, ModelConfig c) {
        boolean bias = c.biases().feedForward();
        if (c.joined()) {
            add(shapes, prefix + "gate_up_proj", 2L * c.intermediateSize(), c.hiddenSize(), bias);
        } else {
            add(shapes, prefix + "gate_proj", c.intermediateSize(), c.hiddenSize(), bias);
            add(shapes, prefix + "up_proj", c.intermediateSize(), c.hiddenSize(), bias);
        }
        add(shapes, prefix + "down_proj", c.hiddenSize(), c.intermediateSize(), bias);
    }

    private static void add(Map<String, long[]> shapes, String name, long out, long in, boolean bias) {
        shapes.put(name + ".weight", new long[] {out, in});
        if (bias) {
            shapes.put(name + ".bias", new long[] {out});
        }
    }
}
