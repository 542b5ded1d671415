// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.ebnf;

import dev.espalier.core.Limits;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.writing.GrammarText;

/**
 * Writes grammars as EBNF of ISO/IEC 14977, which {@link IsoEbnfReader} reads. There are no classes of characters: those of at most 256 members are written as
 * alternatives. What is read back describes the same texts.
 */
public final class IsoEbnfWriter {

    private IsoEbnfWriter() {}

    /** {@link #write(Grammar, Limits)} under the default limits. */
    public static String write(Grammar grammar) {
        return write(grammar, Limits.DEFAULT);
    }

    /**
     * A grammar in the notation of ISO/IEC 14977, one rule a line, the start rule first. Names that it does not allow are changed; rules without any text are left
     * out.
     *
     * @throws UnsupportedFeatureException if some rule uses what the notation cannot say: bytes that are not UTF-8, a line break in a literal, a class of more than
     *     256 characters, a token of the vocabulary, an external frame, a large permutation; or if no text matches the grammar; the message names the node and
     *     the rule
     * @throws LimitExceededException if the text would be longer than {@code maxSourceBytes}
     */
    public static String write(Grammar grammar, Limits limits) {
        return GrammarText.of(grammar, new IsoNotation(), limits);
    }
}
