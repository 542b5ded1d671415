// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.testing.TestData;
import dev.espalier.sampler.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HashLanguageTest {

    private static final Supplier<LanguageModel> NO_MODEL = () -> {
        throw new AssertionError("languages under a hash need no other model");
    };

    static SamplingCase open(HashLanguage language) {
        return language.open(NO_MODEL, new Cancellation());
    }

    @Test
    void theEngineAndTheLawsMakeTheGoldenProbabilities() throws IOException {
        Path data = TestData.folder();
        JsonNode golden = JsonMapper.shared().readTree(Files.readString(data.resolve(HashLanguage.FILE)));
        List<HashLanguage> languages = HashLanguage.golden(data);
        assertFalse(languages.isEmpty());
        for (HashLanguage language : languages) {
            JsonNode node = golden.path(language.name());
            try (SamplingCase one = open(language)) {
                ExactLaw law = one.exact().orElseThrow();
                double evidence = node.path("Z").path("dec").asDouble();
                assertEquals(evidence, law.evidence(), 1e-12 * evidence, language.name());
                assertEquals(node.path("sequences").size(), law.probabilities().size(), language.name());
                for (JsonNode sequence : node.path("sequences")) {
                    List<Integer> ids = new ArrayList<>();
                    sequence.path("ids").forEach(id -> ids.add(id.asInt()));
                    double p = sequence.path("p").asDouble();
                    assertEquals(p, law.probabilities().getOrDefault(ids, 0.0), 1e-12 * p, language.name() + ids);
                    assertEquals(sequence.path("target").asDouble(), law.of(ids), 1e-12, language.name() + ids);
                }
            }
        }
    }

    @Test
    void theWordsHaveTheirPublishedLaw() {
        try (SamplingCase words = open(HashLanguage.words())) {
            ExactLaw law = words.exact().orElseThrow();
            assertEquals(20114810763933401387322247.0 / 11439058237919442838936488960.0, law.evidence(), 1e-15);
            assertEquals(0.567874, law.of(List.of(1, 1, 0)), 1e-6);
            assertEquals(0, law.of(List.of(1, 1)));
        }
    }

    @Test
    void aLanguageThatIsTooLargeOrStoppedIsNotEnumerated() {
        try (SamplingCase words = open(HashLanguage.words())) {
            Cancellation stop = new Cancellation();
            CountingTree few = Contender.MASKED.tree(words, 100, new Cancellation(), stop);
            assertFalse(ExactLaw.of(few, 5, stop).isPresent());
            assertEquals(0, few.calls(), "found out without the model");
            stop.cancel();
            assertFalse(ExactLaw.of(few, 1000, stop).isPresent());
        }
    }

    @Test
    void aFileThatIsNoneIsRefused(@TempDir Path folder) throws IOException {
        assertThrows(InvalidInputException.class, () -> HashLanguage.golden(folder));
        Files.createDirectories(folder.resolve("golden-sampling"));
        Files.writeString(folder.resolve(HashLanguage.FILE), """
                {"a": {"vocab": ["x"], "eos": 0, "seed": 1, "sequences": []}}""");
        assertThrows(InvalidInputException.class, () -> HashLanguage.golden(folder));
    }
}
