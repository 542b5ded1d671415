// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.writing.GrammarText;

/**
 * Writes grammars in Lark's notation.
 *
 * <p>There are rules only, no named terminals, and nothing is ignored. Lark's Earley parser with the lexer {@code dynamic_complete} tries every way to cut a text
 * into terminals, so that a text is parsed exactly if the grammar describes it. Lexers that take the longest terminal, as Lark's other ones and that of llguidance,
 * would lose texts: {@link #writeForLlguidance} writes each character as a terminal of its own, which leaves nothing to choose.
 */
public final class LarkWriter {

    private LarkWriter() {}

    /** {@link #write(Grammar, Limits)} under the default limits. */
    public static String write(Grammar grammar) {
        return write(grammar, Limits.DEFAULT);
    }

    /**
     * A grammar for Lark's Earley parser with the lexer {@code dynamic_complete}, one rule a line, the rule {@code start} first. Names that Lark does not allow
     * are changed; rules without any text are left out.
     *
     * @throws UnsupportedFeatureException if some rule uses what Lark cannot say: bytes that are not UTF-8, an intersection or a difference of more than characters, a
     *     token of the vocabulary, an external frame, a large permutation; or if no text matches the grammar; the message names the node and the rule
     * @throws LimitExceededException if the text would be longer than {@code maxSourceBytes}
     */
    public static String write(Grammar grammar, Limits limits) {
        return GrammarText.of(grammar, new LarkNotation(false), limits);
    }

    /** {@link #writeForLlguidance(Grammar, Limits)} under the default limits. */
    public static String writeForLlguidance(Grammar grammar) {
        return writeForLlguidance(grammar, Limits.DEFAULT);
    }

    /**
     * A grammar as {@link #write(Grammar, Limits)} writes it, for llguidance: every terminal is one character, and tokens of the vocabulary are
     * written as llguidance names them.
     *
     * @throws UnsupportedFeatureException as there; tokens only if they have neither an id nor a name in angle brackets
     * @throws LimitExceededException if the text would be longer than {@code maxSourceBytes}
     */
    public static String writeForLlguidance(Grammar grammar, Limits limits) {
        return GrammarText.of(grammar, new LarkNotation(true), limits);
    }
}
