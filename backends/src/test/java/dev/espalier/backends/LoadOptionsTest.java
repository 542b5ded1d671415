// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.backends.checkpoint.TensorList;
import dev.espalier.backends.gguf.block.GgmlType;
import dev.espalier.backends.torch.WeightForm;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The precision that suits what files hold. */
class LoadOptionsTest {

    private static GgmlType[] types(String names) {
        return Arrays.stream(names.split(" ")).map(GgmlType::valueOf).toArray(GgmlType[]::new);
    }

    /** Types of embedding and layers. */
    @ParameterizedTest
    @CsvSource({
        "Q8_0, Q4_0 Q4_1 Q4_K, INT4",
        "F16, Q4_0 Q4_0, INT4",
        "Q6_K, Q4_K Q4_K Q6_K, INT4", // Q4_K_M
        "Q6_K, Q4_K Q6_K, BFLOAT16", // half of it only
        "Q4_0, Q4_0 Q4_0 Q4_0 F16, BFLOAT16",
        "Q4_0, Q4_0 Q4_0 Q4_0 Q3_K, BFLOAT16",
        "Q8_0, Q8_0 Q8_0, BFLOAT16",
        "Q5_K, Q5_1 Q5_0, BFLOAT16",
        "Q6_K, Q2_K Q3_K, BFLOAT16",
        "BF16, BF16 BF16 F32, BFLOAT16",
        "BF16, F32 F32 F32, FLOAT32",
        "F16, F16 F16, FLOAT32",
        "F32, F32 BF16, FLOAT32"
    })
    void theAutomaticPrecisionGoesByTheTypesOfTheFile(String embedding, String layers, Precision expected) {
        assertEquals(expected, LoadOptions.suiting(TensorList.of(GgmlType.valueOf(embedding), types(layers))));
    }

    @Test
    void smallModelsAndAskedPrecisionsDoNotGoByTheFile() {
        TensorList small = TensorList.of(GgmlType.Q4_0, GgmlType.Q4_0);
        assertEquals(WeightForm.FLOAT32, LoadOptions.DEFAULT.torch(small).precision());
        assertEquals(1, LoadOptions.DEFAULT.torch(small).threads());
        assertEquals(
                WeightForm.INT8,
                LoadOptions.DEFAULT.withPrecision(Precision.INT8).torch(small).precision());
        LoadOptions gpu = LoadOptions.DEFAULT.withDevice(ComputeDevice.parse("cuda"));
        assertEquals(WeightForm.FLOAT16, gpu.torch(small).precision());
    }
}
