// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.gbnf;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.writing.GrammarText;

/**
 * Writes grammars as GBNF that {@link GbnfReader} and llama.cpp read, as far as GBNF can say them. Permutations are
 * written out as rules when they are small. What is read back describes the same texts, not always by the same nodes.
 */
public final class GbnfWriter {

    private GbnfWriter() {}

    /** {@link #write(Grammar, Limits)} under the default limits. */
    public static String write(Grammar grammar) {
        return write(grammar, Limits.DEFAULT);
    }

    /**
     * A grammar as GBNF, one rule a line, the start rule first. Names that GBNF does not allow are changed; rules without any text are left out.
     *
     * @throws UnsupportedFeatureException if some rule uses what GBNF cannot say: bytes that are not UTF-8, an
     *     intersection or a difference of more than characters, an external frame, a large permutation, a special token whose name is not in angle
     *     brackets; or if no text matches the grammar; the message names the node and the rule
     * @throws LimitExceededException if the text would be longer than {@code maxSourceBytes}
     */
    public static String write(Grammar grammar, Limits limits) {
        return GrammarText.of(grammar, new GbnfNotation(), limits);
    }
}
