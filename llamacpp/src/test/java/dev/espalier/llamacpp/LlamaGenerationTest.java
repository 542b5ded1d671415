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
import dev.espalier.backends.Refusal;
import dev.espalier.core.Limits;
import dev.espalier.sampler.BatchListener;
import dev.espalier.sampler.BatchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Generations under schemas, by llama.cpp. */
class LlamaGenerationTest {

    private static final String SCHEMA = """
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
        LlamaOptions options =
                LlamaOptions.DEFAULT.withThreads(1).withCells(2048).withSequences(40);
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

    private static List<Request<String>> requests(int count) {
        List<Request<String>> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(Request.of("the end ".repeat(4) + "a".repeat(i), Output.regex("[a-z]{12}")));
        }
        return requests;
    }

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void textsThatFindTheCacheFullFailAndTheOthersGoOn(Libraries which) throws IOException {
        LlamaOptions options =
                LlamaOptions.DEFAULT.withThreads(1).withCells(256).withSequences(32);
        try (LlamaModel model = LlamaModel.load(TinyGguf.of("llama2", folder), which.library(), options);
                Generator generator = Generator.of(model)) {
            List<Generation<?>> generations = generator.generateAll(requests(20));
            List<Generation<?>> whole =
                    generations.stream().filter(Generation::isComplete).toList();
            assertTrue(!whole.isEmpty() && whole.size() < 20, whole.size() + " texts are whole");
            for (Generation<?> one : generations) {
                if (!one.isComplete()) {
                    assertTrue(Refusal.of(one::orElseThrow).contains("no room in the cache of 256 cells"));
                }
            }
            assertEquals(
                    List.of(true),
                    generator.generateAll(requests(1)).stream()
                            .map(Generation::isComplete)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Libraries.class)
    void textsWaitForCellsIfTheSchedulerKnowsTheirNumber(Libraries which) throws IOException {
        LlamaOptions options =
                LlamaOptions.DEFAULT.withThreads(1).withCells(256).withSequences(32);
        try (LlamaModel model = LlamaModel.load(TinyGguf.of("llama2", folder), which.library(), options);
                Generator generator = Generator.of(
                        model,
                        Prompting.of(model),
                        Limits.DEFAULT,
                        BatchOptions.DEFAULT.withCacheTokens(256),
                        BatchListener.NONE)) {
            assertTrue(generator.generateAll(requests(20)).stream().allMatch(Generation::isComplete));
        }
    }
}
