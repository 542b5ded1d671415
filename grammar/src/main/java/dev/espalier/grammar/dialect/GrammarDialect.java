// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.GrammarReader;
import dev.espalier.grammar.abnf.AbnfReader;
import dev.espalier.grammar.antlr.AntlrReader;
import dev.espalier.grammar.ebnf.IsoEbnfReader;
import dev.espalier.grammar.ebnf.W3cEbnfReader;
import dev.espalier.grammar.ebnf.XGrammarReader;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.grammar.lark.LarkReader;
import dev.espalier.grammar.lark.LlguidanceReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** A notation for grammars. */
public enum GrammarDialect {
    /** GBNF, llama.cpp's notation. */
    GBNF("gbnf", "gbnf", GbnfReader::new),
    /** ABNF, the notation of RFC 5234; its values are characters. */
    ABNF("abnf", "abnf", AbnfReader::new),
    /** ABNF whose values are bytes. */
    ABNF_BYTES("abnf-bytes", "", AbnfReader::ofBytes),
    /** EBNF as ISO/IEC 14977 has it. */
    EBNF_ISO("ebnf-iso", "ebnf", IsoEbnfReader::new),
    /** EBNF as the XML recommendation of the W3C has it. */
    EBNF_W3C("ebnf-w3c", "", W3cEbnfReader::new),
    /** EBNF as XGrammar has it. */
    EBNF_XGRAMMAR("ebnf-xgrammar", "", XGrammarReader::new),
    /** Lark's grammar files, as the Python package means them. */
    LARK("lark", "lark", LarkReader::new),
    /** Lark's grammar files, as the Python package means them with its basic lexer. */
    LARK_BASIC("lark-basic", "", LarkReader::basic),
    /** Lark's grammar files, as llguidance means them. */
    LLGUIDANCE("llguidance", "", LlguidanceReader::new),
    /** Grammar files of ANTLR 4, with a lexer. */
    ANTLR("antlr", "g4", AntlrReader::new);

    private final String text;
    private final String extension;
    private final Supplier<GrammarReader<?>> readers;

    GrammarDialect(String text, String extension, Supplier<GrammarReader<?>> readers) {
        this.text = text;
        this.extension = extension;
        this.readers = readers;
    }

    /** Its name, such as {@code ebnf-iso}. */
    public String text() {
        return text;
    }

    /** The names of all, in the order of the constants. */
    public static List<String> names() {
        return Arrays.stream(values()).map(GrammarDialect::text).toList();
    }

    /**
     * The notation of a name.
     *
     * @throws InvalidInputException if there is none; with all names, and the one that was probably meant
     */
    public static GrammarDialect named(String name) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("no dialect of grammars is called \"" + name + "\", but "
                        + String.join(", ", names()) + NearestName.question(name, names())));
    }

    /**
     * The notation that files of a name are in, by the extension in any case: {@code .gbnf}, {@code .abnf}, {@code .lark}, which is the Python
     * package's, and {@code .ebnf}, which is ISO 14977's; the other dialects of EBNF have no extension of their own.
     *
     * @return empty if the extension is no grammar's
     */
    public static Optional<GrammarDialect> ofFile(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(dialect -> !dialect.extension.isEmpty() && name.endsWith("." + dialect.extension))
                .findFirst();
    }

    /** A new reader of it. Keep one: it gets faster as it is used again. */
    public GrammarReader<?> newReader() {
        return readers.get();
    }
}
