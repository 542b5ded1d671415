// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.backends.Family;
import dev.espalier.sampler.contract.ModelContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** llama.cpp keeps the contract of language models. */
class LlamaContractTest {

    private static final LlamaOptions EXACT =
            LlamaOptions.DEFAULT.withThreads(1).withCacheType(CacheType.FLOAT32);

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void sessionsAreWhatFreshSessionsAre(Libraries which) throws IOException {
        LlamaLibrary library = which.library();
        for (String family : List.of("llama2", "qwen2.5")) {
            try (LlamaModel model = LlamaModel.load(TinyGguf.of(family, folder), library, EXACT)) {
                assertEquals(
                        List.of(),
                        ModelContract.of(model, Family.of(family).tokens()).violations(),
                        family);
            }
        }
    }

    /** In calls of three tokens each pass of a session takes several. */
    @ParameterizedTest
    @EnumSource(Libraries.class)
    void passesInSeveralCallsAreOnePass(Libraries which) throws IOException {
        LlamaOptions options = EXACT.withBatchTokens(3).withSequences(64);
        try (LlamaModel model = LlamaModel.load(TinyGguf.of("llama2", folder), which.library(), options)) {
            assertEquals(
                    List.of(),
                    ModelContract.of(model, Family.of("llama2").tokens())
                            .withRounds(7, 20)
                            .violations());
        }
    }
}
