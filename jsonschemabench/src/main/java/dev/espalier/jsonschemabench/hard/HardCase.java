// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.grammar.dialect.GrammarDialect;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language that engines find hard, and texts of it to read. Immutable.
 *
 * @param name what it is known by
 * @param title what is hard about it
 * @param kind what the source is
 * @param source a schema's JSON text, a grammar, or a pattern that the whole text matches
 * @param texts texts of the language; JSON in MaskBench's official form, members in the schema's order
 * @param anyOrderTexts more texts of a schema, members in any order
 */
public record HardCase(
        String name, String title, Kind kind, String source, List<String> texts, List<String> anyOrderTexts) {

    /** What a source is. */
    public enum Kind {
        /** A JSON Schema. */
        SCHEMA,
        /** A regular expression for the whole text. */
        REGEX,
        /** A grammar in GBNF. */
        GBNF(GrammarDialect.GBNF),
        /** A grammar in ABNF, whose values are characters. */
        ABNF(GrammarDialect.ABNF),
        /** A grammar in ABNF, whose values are bytes. */
        ABNF_BYTES(GrammarDialect.ABNF_BYTES),
        /** A grammar in ISO 14977's EBNF. */
        EBNF_ISO(GrammarDialect.EBNF_ISO),
        /** A grammar in the W3C's EBNF. */
        EBNF_W3C(GrammarDialect.EBNF_W3C),
        /** A grammar in XGrammar's EBNF. */
        EBNF_XGRAMMAR(GrammarDialect.EBNF_XGRAMMAR),
        /** A grammar of ANTLR 4. */
        ANTLR(GrammarDialect.ANTLR);

        private final @Nullable GrammarDialect dialect;

        Kind() {
            this.dialect = null;
        }

        Kind(GrammarDialect dialect) {
            this.dialect = dialect;
        }

        /** The kind of grammars in a notation. */
        public static Kind of(GrammarDialect dialect) {
            return Arrays.stream(values())
                    .filter(kind -> kind.dialect == dialect)
                    .findFirst()
                    .orElseThrow();
        }

        /** The notation of a grammar; empty of what is no grammar. */
        Optional<GrammarDialect> dialect() {
            return Optional.ofNullable(dialect);
        }
    }

    /** Copies the lists. */
    public HardCase {
        texts = List.copyOf(texts);
        anyOrderTexts = List.copyOf(anyOrderTexts);
    }
}
