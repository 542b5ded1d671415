// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Bundled;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema, and a text that the embedded model is to write a value of.
 *
 * @param name tells it apart from the others
 * @param schema JSON text
 * @param text what the model reads
 */
record SchemaText(String name, String schema, String text) implements Language {

    private static final String OWN = "schemas.jsonl";
    private static final String REQUEST = "Write an example.";
    private static final int MAX_TOKENS = 256;

    /** Those that come with the harness: small enough to be enumerated, and with texts that do not quite fit. */
    static List<SchemaText> own() {
        return lines(Bundled.text(SchemaText.class, OWN));
    }

    /**
     * What is in some files: each a schema, or, if its name ends in {@code .jsonl}, {@code {"id", "schema", "text"}} a line.
     *
     * @throws InvalidInputException if one cannot be read
     */
    static List<SchemaText> read(List<Path> files) {
        List<SchemaText> all = new ArrayList<>();
        for (Path file : files) {
            try {
                String content = Files.readString(file);
                String name = file.getFileName().toString();
                if (name.endsWith(".jsonl")) {
                    all.addAll(lines(content));
                } else {
                    all.add(new SchemaText(name.replaceFirst("\\.json$", ""), content, REQUEST));
                }
            } catch (IOException | JacksonException e) {
                throw new InvalidInputException(file + ": not readable as a schema: " + e.getMessage(), e);
            }
        }
        return all;
    }

    private static List<SchemaText> lines(String content) {
        return content.lines()
                .filter(line -> !line.isBlank())
                .map(line -> JsonMapper.shared().readTree(line))
                .map(node -> new SchemaText(
                        node.path("id").asString(""),
                        node.path("schema").toString(),
                        node.path("text").asString(REQUEST)))
                .toList();
    }

    /**
     * The values of the schema, and the embedded model with this text before them.
     *
     * @throws dev.espalier.core.error.EspalierException if the schema cannot be compiled, or the text is too long
     */
    @Override
    public SamplingCase open(Supplier<LanguageModel> embedded, Cancellation stop) {
        LanguageModel model = embedded.get();
        Output<String> output = Output.jsonSchema(schema);
        int[] prompt = Sprig.prompt(model, text, output);
        int room = model.contextLength() - prompt.length;
        if (room < 1) {
            throw new InvalidInputException("schema " + name + " and its text have " + prompt.length
                    + " tokens, but the model has room for " + model.contextLength());
        }
        try (OutputCompiler compiler = new OutputCompiler(model.vocabulary())) {
            return SamplingCase.of(
                    name,
                    new ModelLaws(model, prompt),
                    compiler.compile(output).grammar(),
                    Math.min(MAX_TOKENS, room - 1),
                    stop);
        }
    }
}
