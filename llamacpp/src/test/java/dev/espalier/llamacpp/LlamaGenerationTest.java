// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Prompting;
import dev.espalier.Request;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.core.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generations under schemas, by llama.cpp. */
class LlamaGenerationTest {

    private static final String SCHEMA =
            """
            {"type": "object", "required": ["name", "on"], "additionalProperties": false,
             "properties": {"name": {"type": "string", "pattern": "^[a-z]{2,6}$"}, "on": {"type": "integer", "minimum": 3, "maximum": 15}}}
            """;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void aTextIsThatOfPyTorchUnderTheSameSchema(Libraries which) throws IOException {
        Path file = TinyGguf.of("llama2", folder);
        LlamaOptions options = LlamaOptions.DEFAULT.withThreads(1).withCacheType(CacheType.FLOAT32);
        try (LlamaModel model = LlamaModel.load(file, which.library(), options);
                PyTorchModel torch = PyTorchModel.load(file, LoadOptions.DEFAULT.withThreads(1));
                Generator generator = Generator.of(model, Prompting.raw(model), Limits.DEFAULT);
                Generator expected = Generator.of(torch, Prompting.raw(torch), Limits.DEFAULT)) {
            Output<String> output = Output.jsonSchema(SCHEMA);
            String text = generator.generate("the end", output);
            assertTrue(text.matches("\\{\"name\":\"[a-z]{2,6}\",\"on\":([3-9]|1[0-5])}"), text);
            assertEquals(expected.generate("the end", output), text);
        }
    }

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void manyTextsShareTheCache(Libraries which) throws IOException {
        LlamaOptions options = LlamaOptions.DEFAULT.withThreads(1).withCells(2048).withSequences(40);
        try (LlamaModel model = LlamaModel.load(TinyGguf.of("qwen2.5", folder), which.library(), options);
                Generator generator = Generator.of(model)) {
            List<Request<String>> requests = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String bound = "a".repeat(1 + i % 3);
                requests.add(Request.of("the " + bound, Output.regex("[a-z]{3}" + bound)));
            }
            List<Generation<?>> generations = generator.generateAll(requests);
            for (int i = 0; i < requests.size(); i++) {
                String text = String.valueOf(generations.get(i).orElseThrow());
                assertTrue(text.matches("[a-z]{3}" + "a".repeat(1 + i % 3)), text);
            }
        }
    }
}
