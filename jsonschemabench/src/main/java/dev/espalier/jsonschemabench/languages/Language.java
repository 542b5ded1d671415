// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.Bundled;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A language with a grammar that comes with the harness, and a sample of it. */
public enum Language {
    /** Any JSON text; the others are compared with it. */
    JSON("json"),
    /** Queries, changes and definitions; operators by left recursion. */
    SQL("sql"),
    /** Like Python; indentation of up to seven levels is spelled by rules. */
    PYTHON("py"),
    /** Like Java 17; a file is a sequence of compilation units. */
    JAVA("java"),
    /** XML documents; whether end tags match is not asked. */
    XML("xml"),
    /** {@code e ::= e "+" e | e "*" e | e e | "(" e ")" | number | name}. */
    EXPRESSION("txt");

    /** Between the parts of a sample. */
    private static final String SEPARATOR = "\u001e";

    private final String extension;

    Language(String extension) {
        this.extension = extension;
    }

    /**
     * The language of a name.
     *
     * @throws InvalidInputException if there is none
     */
    public static Language parse(String name) {
        return Arrays.stream(values())
                .filter(language -> language.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("no language is called " + name + ": expected one of "
                        + Arrays.stream(values()).map(Language::label).collect(Collectors.joining(", "))));
    }

    /** Its name on the command line and in results. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What names of its files end with, behind the full stop. */
    String extension() {
        return extension;
    }

    /** Whether texts of it, one after the other, are a text of it. */
    boolean canBeJoined() {
        return this == SQL || this == PYTHON || this == JAVA;
    }

    /** Its grammar in GBNF. */
    String grammar() {
        return Bundled.text(Language.class, label() + ".gbnf");
    }

    /**
     * A text with at least so many characters, of the parts of a sample in their order, again from the first after the last. The
     * sample has 300,000 characters: what stands before all parts, between two, and behind all, then the parts.
     *
     * @param seed 1 for the part that the text begins with to be the first, 2 for the second, and so on
     */
    String text(int characters, long seed) {
        List<String> sample =
                List.of(Bundled.text(Language.class, label() + ".sample.gz").split(SEPARATOR, -1));
        List<String> parts = sample.subList(3, sample.size());
        StringBuilder text = new StringBuilder(sample.get(0));
        int part = (int) Math.floorMod(seed - 1, (long) parts.size());
        for (boolean first = true; text.length() < characters; first = false) {
            text.append(first ? "" : sample.get(1)).append(parts.get(part));
            part = (part + 1) % parts.size();
        }
        return text.append(sample.get(2)).toString();
    }
}
