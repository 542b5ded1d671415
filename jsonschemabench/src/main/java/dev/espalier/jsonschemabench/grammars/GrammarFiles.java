// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.grammars;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.jsonschemabench.hard.HardCase;
import dev.espalier.jsonschemabench.hard.HardCases;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Grammar files, each with {@code NAME.texts.json} beside it. */
public final class GrammarFiles {

    private static final String TEXTS = ".texts.json";

    private GrammarFiles() {}

    /**
     * What is in {@code NAME.texts.json}.
     *
     * @param dialect the grammar's notation; empty if its extension says it
     * @param judge the tool that judged the texts
     * @param valid texts of the language
     * @param invalid texts that are none
     */
    record Texts(String dialect, String judge, List<String> valid, List<String> invalid) {

        /** Copies the lists. */
        Texts {
            valid = List.copyOf(valid);
            invalid = List.copyOf(invalid);
        }
    }

    /**
     * All grammars of a folder that have texts, in the order of their names.
     *
     * @throws InvalidInputException if it cannot be read, or there is none
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> grammars = files.filter(
                            file -> !named(file).endsWith(TEXTS) && Files.isRegularFile(beside(file)))
                    .sorted()
                    .toList();
            if (grammars.isEmpty()) {
                throw new InvalidInputException(folder + ": no grammar with a file NAME" + TEXTS + " beside it");
            }
            return grammars;
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + folder + ": " + e, e);
        }
    }

    /**
     * Grammars with their valid texts, as cases by the files' names without extension.
     *
     * @throws InvalidInputException if one cannot be read, its notation is unknown, it has no texts, or two have one name
     */
    public static HardCases read(List<Path> grammars) {
        List<HardCase> cases = new ArrayList<>();
        for (Path grammar : grammars) {
            HardCase read = read(grammar);
            if (cases.stream().anyMatch(each -> each.name().equals(read.name()))) {
                throw new InvalidInputException(grammar + ": there are two grammars called " + read.name());
            }
            cases.add(read);
        }
        return new HardCases(cases);
    }

    private static HardCase read(Path grammar) {
        Texts texts = texts(grammar);
        if (texts.valid().isEmpty()) {
            throw new InvalidInputException(beside(grammar) + ": there are no valid texts in it");
        }
        return new HardCase(
                stem(grammar),
                texts.judge(),
                HardCase.Kind.of(dialect(grammar, texts)),
                text(grammar),
                texts.valid(),
                List.of());
    }

    /**
     * The texts of a grammar.
     *
     * @throws InvalidInputException if they cannot be read
     */
    static Texts texts(Path grammar) {
        Path file = beside(grammar);
        try {
            return ResultJson.read(JsonMapper.shared().readTree(text(file)), Texts.class);
        } catch (JacksonException e) {
            throw new InvalidInputException(file + ": not the texts of a grammar: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The notation of a grammar: what its texts say, or else its extension.
     *
     * @throws InvalidInputException if neither does
     */
    static GrammarDialect dialect(Path grammar, Texts texts) {
        if (!texts.dialect().isEmpty()) {
            return GrammarDialect.named(texts.dialect());
        }
        return GrammarDialect.ofFile(named(grammar))
                .orElseThrow(() -> new InvalidInputException(
                        grammar + ": its extension is no grammar's, and " + beside(grammar) + " names no dialect"));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + file + ": " + e, e);
        }
    }

    private static Path beside(Path grammar) {
        return grammar.resolveSibling(stem(grammar) + TEXTS);
    }

    private static String stem(Path grammar) {
        String name = named(grammar);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String named(Path file) {
        return String.valueOf(file.getFileName());
    }
}
