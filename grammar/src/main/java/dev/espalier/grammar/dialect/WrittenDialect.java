// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.name.NearestName;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.ebnf.IsoEbnfWriter;
import dev.espalier.grammar.ebnf.W3cEbnfWriter;
import dev.espalier.grammar.ebnf.XGrammarWriter;
import dev.espalier.grammar.gbnf.GbnfWriter;
import dev.espalier.grammar.lark.LarkWriter;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** A notation that grammars are written in. */
public enum WrittenDialect {
    /** GBNF, llama.cpp's notation. */
    GBNF("gbnf", GbnfWriter::write),
    /** Lark's notation, for its Earley parser with the lexer {@code dynamic_complete}. */
    LARK("lark", LarkWriter::write),
    /** Lark's notation as llguidance has it. */
    LLGUIDANCE("llguidance", LarkWriter::writeForLlguidance),
    /** EBNF as the XML recommendation of the W3C has it. */
    EBNF_W3C("ebnf-w3c", W3cEbnfWriter::write),
    /** EBNF as XGrammar has it. */
    EBNF_XGRAMMAR("ebnf-xgrammar", XGrammarWriter::write),
    /** EBNF as ISO/IEC 14977 has it. */
    EBNF_ISO("ebnf-iso", IsoEbnfWriter::write);

    private final String text;
    private final BiFunction<Grammar, Limits, String> writer;

    WrittenDialect(String text, BiFunction<Grammar, Limits, String> writer) {
        this.text = text;
        this.writer = writer;
    }

    /** Its name, such as {@code ebnf-iso}. */
    public String text() {
        return text;
    }

    /** The names of all, in the order of the constants. */
    public static List<String> names() {
        return Arrays.stream(values()).map(WrittenDialect::text).toList();
    }

    /**
     * The notation of a name.
     *
     * @throws InvalidInputException if there is none; with all names, and the one that was probably meant
     */
    public static WrittenDialect named(String name) {
        return Arrays.stream(values())
                .filter(dialect -> dialect.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("no notation to write grammars in is called \"" + name
                        + "\", but " + String.join(", ", names()) + NearestName.question(name, names())));
    }

    /**
     * A grammar in this notation, one rule a line. It reads back as a grammar of the same texts.
     *
     * @throws dev.espalier.core.error.UnsupportedFeatureException if some rule uses what the notation cannot say; the message names the node and the rule
     * @throws dev.espalier.core.error.LimitExceededException if the text would be longer than {@code maxSourceBytes}
     */
    public String write(Grammar grammar, Limits limits) {
        return writer.apply(grammar, limits);
    }
}
