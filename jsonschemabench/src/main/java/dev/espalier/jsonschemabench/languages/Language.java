package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** A language with a grammar that comes with the harness, and what writes texts of it. */
public enum Language {
    /** Any JSON text; the others are compared with it. */
    JSON("json", JsonWriter::new),
    /** Queries, changes and definitions; operators by left recursion. */
    SQL("sql", SqlWriter::new),
    /** Like Python; indentation of up to seven levels is spelled by rules. */
    PYTHON("py", PythonWriter::new),
    /** Like Java 17; a file is a sequence of compilation units. */
    JAVA("java", JavaWriter::new),
    /** XML documents; whether end tags match is not asked. */
    XML("xml", XmlWriter::new),
    /** {@code e ::= e "+" e | e "*" e | e e | "(" e ")" | number | name}. */
    EXPRESSION("txt", ExpressionWriter::new);

    private final String extension;
    private final LongFunction<SourceWriter> writer;

    Language(String extension, LongFunction<SourceWriter> writer) {
        this.extension = extension;
        this.writer = writer;
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
        String name = label() + ".gbnf";
        try (InputStream stream = Language.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new InvalidInputException("the harness has no " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new InvalidInputException("cannot read " + name + ": " + e, e);
        }
    }

    /** A random text with at least so many characters, the same for the same seed. */
    String text(int characters, long seed) {
        return writer.apply(seed).write(characters);
    }
}
