// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A grammar of tokens, as parser generators have them: a lexer cuts a text into tokens, and rules say which rows of tokens are sentences. The language is that
 * of the texts whose tokens, without those that are skipped, are a sentence.
 *
 * <p>The lexer begins in the first mode. It looks for the tokens of its mode only, as {@link Lexing} says, and each token says in which mode the text goes on.
 * Immutable.
 *
 * @param modes what the lexer looks for, by mode
 * @param lexing how the lexer cuts
 * @param rules the rules; a {@linkplain Expression.RuleReference reference} to the name of a token stands for any token of that name. No rule has such a name
 */
public record LexedGrammar(List<List<Token>> modes, Lexing lexing, Grammar rules) implements Syntax {

    /**
     * In the text of a token: the end of the whole text. A token that asks for it is longer than those that end there and do not. Only lexers that take the longest
     * tokens know it.
     */
    public static final Expression END_OF_TEXT = new Expression.SpecialToken("the end of the text", -1);

    /** How a lexer cuts a text into tokens. */
    public enum Lexing {
        /**
         * The longest text that is a token, and of several that are equally long the one that is listed first, as ANTLR's lexers. Where a token passes through a
         * {@linkplain Expression.Repeat#isLazy() lazy} repetition, it ends as soon as that allows it.
         */
        LONGEST,
        /**
         * The first token that is listed and has a text here, and of its texts the one that a backtracking search would find first: greedy repetitions read as much
         * as they can, lazy ones as little, alternatives are tried in their order. Tokens of one mode with equal texts are tried together. So do Python's regular
         * expressions, and Lark with them.
         */
        FIRST,
        /**
         * The longest text, as long as any token may go on: there is no way back to a shorter one. All tokens that end there are tried. So does llguidance.
         */
        COMMITTED
    }

    /**
     * A token that a lexer looks for.
     *
     * @param name its name; several tokens may have the same
     * @param text what it may be: a regular expression without references, which does not describe the empty text
     * @param isSkipped whether it is no part of a sentence, and may be anywhere
     * @param next the mode behind it
     * @param keywords what it is instead if its whole text is one of these: the first of them, and all of equal text; they have no keywords themselves. For
     *     {@link Lexing#FIRST} only, since other lexers list keywords before it
     */
    public record Token(String name, Expression text, boolean isSkipped, int next, List<Token> keywords) {

        public Token {
            keywords = List.copyOf(keywords);
        }

        /** A token without keywords. */
        public Token(String name, Expression text, boolean isSkipped, int next) {
            this(name, text, isSkipped, next, List.of());
        }

        /** A token behind which the lexer is in its first mode. */
        public Token(String name, Expression text, boolean isSkipped) {
            this(name, text, isSkipped, 0);
        }
    }

    /**
     * Checks names and modes; that every reference leads somewhere is the readers' work, since they know the places.
     *
     * @throws InvalidInputException if a token and a rule have the same name
     * @throws IllegalArgumentException if there is no mode, or a token leads to none
     */
    public LexedGrammar {
        List<List<Token>> copies = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (List<Token> mode : modes) {
            copies.add(List.copyOf(mode));
            for (Token token : withKeywords(mode)) {
                names.add(token.name());
                if (token.next() < 0 || token.next() >= modes.size()) {
                    throw new IllegalArgumentException("\"" + token.name() + "\" leads to mode " + token.next());
                }
            }
        }
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("no mode");
        }
        for (String rule : rules.rules().keySet()) {
            if (names.contains(rule)) {
                throw new InvalidInputException("there is a token and a rule called \"" + rule + "\"");
            }
        }
        modes = List.copyOf(copies);
    }

    /** The tokens of a mode, each before its keywords. */
    public static List<Token> withKeywords(List<Token> mode) {
        List<Token> all = new ArrayList<>();
        for (Token token : mode) {
            all.add(token);
            all.addAll(token.keywords());
        }
        return all;
    }

    /** A grammar whose lexer has one mode and takes the longest tokens. */
    public LexedGrammar(List<Token> tokens, Grammar rules) {
        this(List.of(tokens), Lexing.LONGEST, rules);
    }

    @Override
    public Set<String> ruleNames() {
        return rules.ruleNames();
    }
}
