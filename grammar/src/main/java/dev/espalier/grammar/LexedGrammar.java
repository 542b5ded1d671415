// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
 * @param rules the rules; a {@linkplain Expression.RuleReference reference} to the name of a token stands for any token of that name. No rule has such a name. A
 *     {@linkplain Expression.Look look-ahead} says which tokens may not come next, those that are skipped aside
 * @param indentation the tokens that indentation makes; empty where it means nothing
 * @param fragments what a reference in the text of a token stands for, or in one of these; they may call themselves, but none begins with itself. Only lexers that take
 *     the longest tokens have some. Those that nest are bounded by {@link dev.espalier.core.Limits#maxLexerNesting}
 * @param stackedModes how many modes may lie on the first one, where their stacks are bounded by that limit; what would need more is not in the language
 */
public record LexedGrammar(
        List<List<Token>> modes,
        Lexing lexing,
        Grammar rules,
        Optional<Indentation> indentation,
        Map<String, Expression> fragments,
        OptionalInt stackedModes)
        implements Syntax {

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
     * @param text what it may be: a regular expression whose references are to {@link LexedGrammar#fragments}, which does not describe the empty text; or a whole
     *     {@linkplain #isPart() part}
     * @param isSkipped whether it is no part of a sentence, and may be anywhere
     * @param next the mode behind it
     * @param keywords what it is instead if its whole text is one of these: the first of them, and all of equal text; they have no keywords themselves. For
     *     {@link Lexing#FIRST} only, since other lexers list keywords before it
     */
    public record Token(String name, Expression text, boolean isSkipped, int next, List<Token> keywords) {

        public Token {
            keywords = List.copyOf(keywords);
        }

        /**
         * Whether it is no text that the lexer cuts, but one special token of the vocabulary, any one token, or a frame such as a schema. Where a mode has it, it may come;
         * it ends where the frame may end.
         */
        public boolean isPart() {
            return text instanceof Expression.External
                    || (text instanceof Expression.TokenTerminal && !text.equals(END_OF_TEXT));
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
     * Indentation as Python and Lark's {@code PythonIndenter} have it. A newline token's <em>column</em> is what comes after its last line end (U+000A): a space
     * counts for one, a tab for {@link #TAB}, all else for nothing. Directly behind the newline token, a column greater than that of the block opens a block: the
     * token of {@code indents}. A smaller one ends blocks, for each of which there is a token of {@code dedents}, and must be that of a block which is still open. At the end
     * of the text all open blocks end. Between an opening token and its closing one, newline tokens are skipped.
     *
     * <p>Tokens that open or end a block have no text. A rule has both in one row, and so it has an opening token and the closing one. The lexer's mode behind a line is
     * that of the last token: the newline token's, or that of what opened or ended a block. Newlines that are skipped leave the mode as it is.
     *
     * @param newlines the names of newline tokens
     * @param indents names of the token that opens a block, with the mode behind it
     * @param dedents names of the token that ends one, with the mode behind it
     * @param opening names of tokens such as brackets between which newlines are skipped
     * @param closing names of the tokens that end this
     */
    public record Indentation(
            Set<String> newlines,
            Map<String, Integer> indents,
            Map<String, Integer> dedents,
            Set<String> opening,
            Set<String> closing) {

        /** The columns of a tab. */
        public static final int TAB = 8;

        /** Copies all. */
        public Indentation {
            newlines = Set.copyOf(newlines);
            indents = Map.copyOf(indents);
            dedents = Map.copyOf(dedents);
            opening = Set.copyOf(opening);
            closing = Set.copyOf(closing);
        }

        /** Indentation for a lexer of one mode. */
        public Indentation(String newline, String indent, String dedent, Set<String> opening, Set<String> closing) {
            this(Set.of(newline), Map.of(indent, 0), Map.of(dedent, 0), opening, closing);
        }

        /** The tokens that have no text, with the mode behind them. */
        public Map<String, Integer> made() {
            Map<String, Integer> made = new HashMap<>(indents);
            made.putAll(dedents);
            return made;
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
                if (token.isPart() && (token.isSkipped() || !token.keywords().isEmpty())) {
                    throw new IllegalArgumentException("\"" + token.name() + "\" is a part");
                }
                if (token.next() < 0 || token.next() >= modes.size()) {
                    throw new IllegalArgumentException("\"" + token.name() + "\" leads to mode " + token.next());
                }
            }
        }
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("no mode");
        }
        indentation.ifPresent(tokens -> {
            for (String newline : tokens.newlines()) {
                if (!names.contains(newline)) {
                    throw new InvalidInputException("no token is called \"" + newline + "\", which indentation needs");
                }
            }
            tokens.made().forEach((name, next) -> {
                if (!names.add(name)) {
                    throw new InvalidInputException(
                            "the token \"" + name + "\" is made by indentation and has no text");
                }
                if (next < 0 || next >= copies.size()) {
                    throw new IllegalArgumentException("\"" + name + "\" leads to mode " + next);
                }
            });
        });
        for (String rule : rules.rules().keySet()) {
            if (names.contains(rule)) {
                throw new InvalidInputException("there is a token and a rule called \"" + rule + "\"");
            }
        }
        modes = List.copyOf(copies);
        fragments = Map.copyOf(fragments);
    }

    /** A grammar whose tokens are regular. */
    public LexedGrammar(List<List<Token>> modes, Lexing lexing, Grammar rules, Optional<Indentation> indentation) {
        this(modes, lexing, rules, indentation, Map.of(), OptionalInt.empty());
    }

    /** A grammar in which indentation means nothing. */
    public LexedGrammar(List<List<Token>> modes, Lexing lexing, Grammar rules) {
        this(modes, lexing, rules, Optional.empty());
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

    /** The schemas that the text of the grammar has, by the name of the frame that each stands for. */
    public Map<String, Expression.InlineSchema> schemas() {
        Map<String, Expression.InlineSchema> schemas = new HashMap<>();
        for (List<Token> mode : modes) {
            for (Token token : mode) {
                if (token.text() instanceof Expression.External external) {
                    external.schema().ifPresent(schema -> schemas.put(external.name(), schema));
                }
            }
        }
        return schemas;
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
