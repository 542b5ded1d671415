// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.examples;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.jsonschemabench.hard.HardCase;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A grammar file and its texts, {@code NAME.texts.json} beside it. Immutable.
 *
 * @param name the file's name up to its extension
 * @param dialect the notation
 * @param source the file's text
 * @param texts what belongs to the language, and what does not
 */
public record ExampleGrammar(String name, GrammarDialect dialect, String source, Texts texts) {

    private static final String TEXTS = ".texts.json";

    /**
     * Texts, judged by the language's own tool.
     *
     * @param judge the tool and its version
     * @param dialect the notation of the grammar; empty if its extension says it
     * @param valid texts of the language
     * @param invalid other texts
     */
    public record Texts(String judge, String dialect, List<String> valid, List<String> invalid) {

        /** Copies the lists. */
        public Texts {
            valid = List.copyOf(valid);
            invalid = List.copyOf(invalid);
        }
    }

    /**
     * All grammars of a folder, in the order of their names: every file whose extension is a notation's.
     *
     * @throws InvalidInputException if a file cannot be read, a grammar has no texts, or there is no grammar
     */
    public static List<ExampleGrammar> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<ExampleGrammar> grammars = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (GrammarDialect.ofFile(file.getFileName().toString()).isPresent()) {
                    grammars.add(read(file));
                }
            }
            if (grammars.isEmpty()) {
                throw new InvalidInputException(folder + ": expected at least one grammar file");
            }
            return grammars;
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + folder + ": " + e, e);
        }
    }

    private static ExampleGrammar read(Path file) throws IOException {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.lastIndexOf('.'));
        Path beside = file.resolveSibling(name + TEXTS);
        if (!Files.isReadable(beside)) {
            throw new InvalidInputException(file + ": expected its texts in " + beside.getFileName());
        }
        Texts texts;
        try {
            texts = ResultJson.read(JsonMapper.shared().readTree(Files.readString(beside)), Texts.class);
        } catch (JacksonException e) {
            throw new InvalidInputException(beside + ": " + e.getOriginalMessage(), e);
        }
        GrammarDialect dialect = texts.dialect().isEmpty()
                ? GrammarDialect.ofFile(fileName).orElseThrow()
                : GrammarDialect.named(texts.dialect());
        return new ExampleGrammar(name, dialect, Files.readString(file), texts);
    }

    /** The valid texts, to be read under the grammar one after the other. */
    HardCase hardCase() {
        return new HardCase(name, texts.judge(), HardCase.Kind.of(dialect), source, texts.valid(), List.of());
    }
}
