// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A few texts under a model that is a hash.
 *
 * @param name its name
 * @param vocabulary the tokens; the last one ends a text
 * @param seed the model's
 * @param texts all texts of the language
 */
record HashLanguage(String name, Vocabulary vocabulary, int seed, List<String> texts) implements Language {

    /** Where the golden cases are in the data folder. */
    static final String FILE = "golden-sampling/golden.json";

    private static final int MAX_TOKENS = 64;

    /** Five words of three bits, which masked sampling gets far wrong: needs no file. */
    static HashLanguage words() {
        return new HashLanguage("words", vocabulary(List.of("0", "1")), 4, List.of("000", "100", "101", "110", "111"));
    }

    /**
     * The golden cases of a data folder: {@code {"name": {"vocab", "eos", "seed", "sequences": [{"text"}]}}}.
     *
     * @throws InvalidInputException if they cannot be read
     */
    static List<HashLanguage> golden(Path data) {
        Path file = data.resolve(FILE);
        List<HashLanguage> languages = new ArrayList<>();
        try {
            JsonNode cases = JsonMapper.shared().readTree(Files.readString(file));
            for (Map.Entry<String, JsonNode> entry : cases.properties()) {
                if (entry.getValue().has("sequences")) {
                    languages.add(read(entry.getKey(), entry.getValue()));
                }
            }
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(file + ": not readable as golden cases of sampling: " + e.getMessage(), e);
        }
        return languages;
    }

    private static HashLanguage read(String name, JsonNode node) {
        List<String> tokens = node.path("vocab")
                .valueStream()
                .map(token -> token.asString(""))
                .toList();
        if (node.path("eos").asInt(-1) != tokens.size()) {
            throw new InvalidInputException("golden case " + name + ": the end token must come after all others");
        }
        List<String> texts = node.path("sequences")
                .valueStream()
                .map(one -> one.path("text").asString(""))
                .distinct()
                .toList();
        return new HashLanguage(name, vocabulary(tokens), node.path("seed").asInt(0), texts);
    }

    private static Vocabulary vocabulary(List<String> tokens) {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int id = 0; id < tokens.size(); id++) {
            builder.token(id, tokens.get(id));
        }
        return builder.special(tokens.size(), "</s>").endIds(tokens.size()).build();
    }

    @Override
    public SamplingCase open(Supplier<LanguageModel> embedded, Cancellation stop) {
        try (OutputCompiler compiler = new OutputCompiler(vocabulary)) {
            return SamplingCase.of(
                    name,
                    new HashLaws(vocabulary, seed),
                    compiler.compile(Output.choice(texts)).grammar(),
                    MAX_TOKENS,
                    stop);
        }
    }
}
