// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.error.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A grammar of tokens, as parser generators have them: a lexer cuts a text into the longest tokens, and rules say which rows of tokens are sentences. The
 * language is that of the texts whose tokens, without those that are skipped, are a sentence.
 *
 * <p>Where tokens of several kinds are equally long, the one that is listed first is taken. Immutable.
 *
 * @param tokens all kinds of tokens, those of higher priority first
 * @param rules the rules; a {@linkplain Expression.RuleReference reference} to the name of a token stands for that token. No rule has such a name
 */
public record LexedGrammar(List<Token> tokens, Grammar rules) {

    /**
     * A kind of tokens.
     *
     * @param name its name, which no other token has
     * @param text what it may be: a regular expression without references, which does not describe the empty text
     * @param isSkipped whether tokens of this kind may be anywhere, and are no part of a sentence
     */
    public record Token(String name, Expression text, boolean isSkipped) {}

    /**
     * Checks names; that every reference leads somewhere is the readers' work, since they know the places.
     *
     * @throws InvalidInputException if there are two tokens of a name, or a token and a rule
     */
    public LexedGrammar {
        tokens = List.copyOf(tokens);
        Set<String> names = new HashSet<>(rules.rules().keySet());
        for (Token token : tokens) {
            if (!names.add(token.name())) {
                throw new InvalidInputException(
                        "there are two tokens, or a token and a rule, called \"" + token.name() + "\"");
            }
        }
    }
}
