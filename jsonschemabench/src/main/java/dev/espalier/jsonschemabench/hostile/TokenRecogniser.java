// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import dev.espalier.core.ByteString;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.vocabulary.Vocabulary;

/**
 * Says whether a text is in a language as a model with 256 tokens of one byte would write it: a token is taken only if
 * the mask has it, and at the end the mask must have the end token.
 *
 * @param grammar the language, compiled for {@link #bytes()}
 */
record TokenRecogniser(CompiledGrammar grammar) {

    /** Masks are made for the first bytes of a text only; what follows is accepted without looking at the mask. */
    private static final int MASKED = 2_000;

    private static final int END = 256;

    /** A compiler for the vocabulary of all bytes and one end token. */
    static GrammarCompiler bytes() {
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < END; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        return new GrammarCompiler(builder.special(END, "<end>").endIds(END).build());
    }

    /**
     * Whether the whole text is a sentence.
     *
     * @throws WrongAnswer if a mask and the matcher contradict each other
     */
    boolean accepts(byte[] text) {
        Matcher matcher = grammar.matcher();
        for (int i = 0; i < text.length; i++) {
            int token = text[i] & 0xff;
            boolean allowed = matcher.allows(token);
            if (i < MASKED && matcher.mask().allows(token) != allowed) {
                throw new WrongAnswer("the mask after " + i + " bytes " + (allowed ? "lacks" : "has") + " byte " + token
                        + ", which the matcher " + (allowed ? "accepts" : "refuses"));
            }
            if (!allowed) {
                return false;
            }
            matcher.accept(token);
        }
        boolean complete = matcher.isAccepting();
        if (matcher.mask().allows(END) != complete) {
            throw new WrongAnswer("the text of " + text.length + " bytes is " + (complete ? "" : "not ")
                    + "complete, but the mask " + (complete ? "lacks" : "has") + " the end token");
        }
        return complete;
    }
}
