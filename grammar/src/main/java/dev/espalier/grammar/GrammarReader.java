// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.WorkBudget;

/**
 * A reader of one notation for grammars. It owns the tables that its lexer fills, and gets faster as it is used again.
 * Thread-safe.
 *
 * @param <S> what files of the notation describe
 */
public interface GrammarReader<S extends Syntax> {

    /** {@link #read(String, GrammarOptions, WorkBudget)} with the default options and limits. */
    default S read(String text) {
        return read(text, WorkBudget.standard());
    }

    /** {@link #read(String, GrammarOptions, WorkBudget)} with the default options. */
    default S read(String text, WorkBudget budget) {
        return read(text, GrammarOptions.DEFAULT, budget);
    }

    /** {@link #read(String, byte[], GrammarOptions, WorkBudget)} of a text without a name. */
    S read(String text, GrammarOptions options, WorkBudget budget);

    /** {@link #read(String, byte[], GrammarOptions, WorkBudget)} with the default options. */
    default S read(String sourceName, byte[] utf8, WorkBudget budget) {
        return read(sourceName, utf8, GrammarOptions.DEFAULT, budget);
    }

    /**
     * The grammar that a file describes. Cost: linear in the file.
     *
     * @param sourceName what errors call the file; may be empty
     * @param utf8 its bytes, UTF-8 without a byte-order mark
     * @param options names of frames, the start rule, and where imported files are
     * @param budget the time, memory and limits that this may use
     * @throws dev.espalier.core.error.SyntaxException if the text is not of the notation, or not UTF-8, or has a rule that is
     *     called like a frame; with place
     * @throws dev.espalier.core.error.ReferenceException if a name or the start has no rule, or a frame is named nowhere
     * @throws dev.espalier.core.error.UnsupportedFeatureException if it uses what cannot be enforced exactly; with name and
     *     place
     * @throws dev.espalier.core.error.EspalierException the family's limit, timeout and cancellation as {@code budget} says
     */
    S read(String sourceName, byte[] utf8, GrammarOptions options, WorkBudget budget);
}
