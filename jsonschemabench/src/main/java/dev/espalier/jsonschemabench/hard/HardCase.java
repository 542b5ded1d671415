// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.grammar.dialect.GrammarDialect;
import java.util.List;

/**
 * A language that engines find hard, and texts of it to read. Immutable.
 *
 * @param name what it is known by
 * @param title what is hard about it
 * @param kind what the source is
 * @param source a schema's JSON text, a grammar, a pattern that the whole text matches, or a text to quote from
 * @param texts texts of the language; JSON in MaskBench's official form, members in the schema's order
 * @param anyOrderTexts more texts of a schema, members in any order
 */
public record HardCase(
        String name, String title, Kind kind, String source, List<String> texts, List<String> anyOrderTexts) {

    /** What a source is: a schema, a pattern, a text to quote from, or a grammar in one of the notations of {@link GrammarDialect}. */
    public enum Kind {
        /** A JSON Schema. */
        SCHEMA,
        /** A text from which JSON strings are quoted. */
        SPANS,
        /** The same up to upper and lower case and white space. */
        FOLDED_SPANS,
        /** A regular expression for the whole text. */
        REGEX,
        /** {@link GrammarDialect#GBNF}. */
        GBNF,
        /** {@link GrammarDialect#ABNF}. */
        ABNF,
        /** {@link GrammarDialect#ABNF_BYTES}. */
        ABNF_BYTES,
        /** {@link GrammarDialect#EBNF_ISO}. */
        EBNF_ISO,
        /** {@link GrammarDialect#EBNF_W3C}. */
        EBNF_W3C,
        /** {@link GrammarDialect#EBNF_XGRAMMAR}. */
        EBNF_XGRAMMAR,
        /** {@link GrammarDialect#LARK}. */
        LARK,
        /** {@link GrammarDialect#LARK_BASIC}. */
        LARK_BASIC,
        /** {@link GrammarDialect#LLGUIDANCE}. */
        LLGUIDANCE,
        /** {@link GrammarDialect#ANTLR}. */
        ANTLR;

        /** That of grammars in a notation. */
        public static Kind of(GrammarDialect dialect) {
            return valueOf(dialect.name());
        }

        /** The notation of a grammar. */
        GrammarDialect dialect() {
            return GrammarDialect.valueOf(name());
        }
    }

    /** Copies the lists. */
    public HardCase {
        texts = List.copyOf(texts);
        anyOrderTexts = List.copyOf(anyOrderTexts);
    }
}
