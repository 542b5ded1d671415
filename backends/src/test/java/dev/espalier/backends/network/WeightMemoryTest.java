// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.backends.checkpoint.Checkpoint.Stored;
import dev.espalier.backends.checkpoint.TensorList;
import dev.espalier.backends.gguf.block.GgmlType;
import dev.espalier.backends.torch.WeightForm;
import dev.espalier.core.error.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of weights, their memory, and what is said when it does not suffice. */
class WeightMemoryTest {

    private static final TensorList BILLION = billion();

    /** Ten matrices of 100 million weights. */
    private static TensorList billion() {
        List<Stored> tensors = new ArrayList<>();
        for (int layer = 0; layer < 10; layer++) {
            String name = "model.layers." + layer + ".mlp.down_proj.weight";
            tensors.add(new Stored(name, "F32", new long[] {10_000, 10_000}, 32));
        }
        return new TensorList(tensors);
    }

    @Test
    void theNumberNeededIsSaidAndAPrecisionThatFits() {
        ModelException e = assertThrows(
                ModelException.class,
                () -> WeightMemory.require(BILLION, WeightForm.FLOAT32, OptionalLong.of(2_400_000_000L)));
        assertEquals(
                "loading 1000000000 weights in float32 takes 4800 MB outside of the Java heap, and 2400 MB are free;"
                        + " in float16 it would take 2400 MB",
                e.getMessage());
        ModelException none = assertThrows(
                ModelException.class, () -> WeightMemory.require(BILLION, WeightForm.INT4, OptionalLong.of(1_000_000)));
        assertEquals(
                "loading 1000000000 weights in int4 takes 750 MB outside of the Java heap, and 1 MB are free",
                none.getMessage());
    }

    @Test
    void enoughOrUnknownMemoryIsNoFault() {
        WeightMemory.require(BILLION, WeightForm.FLOAT32, OptionalLong.of(4_800_000_000L));
        WeightMemory.require(BILLION, WeightForm.FLOAT32, OptionalLong.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "model.layers.0.self_attn.v_proj.weight, Q4_K, INT4, INT4",
        "model.layers.0.self_attn.v_proj.weight, Q6_K, INT4, INT8",
        "model.layers.0.self_attn.v_proj.weight, Q8_0, INT4, INT8",
        "model.layers.0.self_attn.v_proj.weight, Q3_K, INT4, INT4",
        "model.layers.0.self_attn.v_proj.weight, BF16, INT4, INT4",
        "model.layers.0.self_attn.v_proj.weight, Q4_K, INT8, INT8",
        "model.layers.0.self_attn.v_proj.weight, Q4_K, FLOAT16, FLOAT16",
        "model.layers.0.self_attn.v_proj.bias, F32, INT4, BFLOAT16",
        "model.layers.0.self_attn.q_norm.weight, F32, INT8, BFLOAT16",
        "model.embed_tokens.weight, Q4_0, INT4, INT8",
        "lm_head.weight, F32, INT8, INT8",
        "model.norm.weight, F32, FLOAT32, FLOAT32"
    })
    void matricesTakeTheFormOfThePrecisionUnlessTheirCodesAreFiner(
            String name, GgmlType type, WeightForm precision, WeightForm expected) {
        Stored tensor = new Stored(name, type.name(), new long[] {64, 256}, type.bits());
        assertEquals(expected, WeightMemory.form(tensor, precision));
    }
}
