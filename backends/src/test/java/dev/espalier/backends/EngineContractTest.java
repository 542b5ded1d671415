// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.sampler.contract.ModelContract;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines keep the contract of language models, with their logits copied and with logits that stay where a GPU would have them. */
class EngineContractTest {

    @ParameterizedTest
    @ValueSource(strings = {"qwen2", "gemma3", "smollm3", "olmo2"})
    void modelsOfTorchKeepIt(String family) {
        Family files = Family.of(family);
        for (boolean deviceLogits : new boolean[] {false, true}) {
            LoadOptions options = LoadOptions.DEFAULT.withThreads(1);
            try (PyTorchModel model = PyTorchModel.load(files.files(), family, options, deviceLogits)) {
                assertEquals(
                        List.of(),
                        ModelContract.of(model, files.tokens())
                                .withRounds(family.hashCode(), 12)
                                .violations());
            }
        }
    }
}
