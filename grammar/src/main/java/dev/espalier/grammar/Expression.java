// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar;

import dev.espalier.core.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A set of byte strings, described. Small on purpose; every front end is translated to it and every compiler reads
 * it. Immutable. Sub-expressions may be shared (a directed acyclic graph); recursion goes through
 * {@link RuleReference}.
 */
public sealed interface Expression {

    /** The empty text. */
    Expression EMPTY = new Literal(ByteString.EMPTY);

    /** No text at all. */
    Expression NOTHING = new CharacterClass(CodePoints.NONE);

    /** The value of {@code max} that means "no upper bound". */
    int UNBOUNDED = -1;

    /** Exactly these bytes. */
    record Literal(ByteString bytes) implements Expression {

        /** The UTF-8 bytes of a text. */
        public static Literal of(String text) {
            return new Literal(ByteString.utf8(text));
        }
    }

    /** One Unicode scalar value of a set, encoded as UTF-8. */
    record CharacterClass(CodePoints members) implements Expression {}

    /** One after the other. No items: the empty text. */
    record Sequence(List<Expression> items) implements Expression {
        public Sequence {
            items = List.copyOf(items);
        }

        /** A sequence of the given items. */
        public static Sequence of(Expression... items) {
            return new Sequence(List.of(items));
        }
    }

    /** Any one of these. No alternatives: nothing. */
    record Choice(List<Expression> alternatives) implements Expression {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }

        /** A choice of the given alternatives. */
        public static Choice of(Expression... alternatives) {
            return new Choice(List.of(alternatives));
        }
    }

    /**
     * As many times as the bounds allow.
     *
     * @param item what is repeated
     * @param min the least number of times, at least 0
     * @param max the greatest, at least {@code min}, or {@link #UNBOUNDED}
     * @param isLazy whether it reads as little as it can; this matters to {@linkplain LexedGrammar.Lexing lexers}, and to no set of texts
     */
    record Repeat(Expression item, int min, int max, boolean isLazy) implements Expression {
        public Repeat {
            if (min < 0 || (max != UNBOUNDED && max < min)) {
                throw new IllegalArgumentException("repeat {" + min + "," + max + "}");
            }
        }

        /** A repetition that reads as much as it can. */
        public Repeat(Expression item, int min, int max) {
            this(item, min, max, false);
        }
    }

    /** The rule of that name. */
    record RuleReference(String name) implements Expression {}

    /** One token of the vocabulary, named or any of many. Resolved against the vocabulary at compile time. */
    sealed interface TokenTerminal extends Expression {}

    /**
     * One special token of the vocabulary, which no text can spell.
     *
     * @param name its text in the tokenizer, such as {@code <|tool|>}; empty when only the id is given
     * @param id its id, or -1 when only the name is given
     */
    record SpecialToken(String name, int id) implements TokenTerminal {}

    /**
     * Any one token of the vocabulary but some, whatever its text. Tokens that end a text are never among them, nor are
     * ids that stand for nothing.
     *
     * @param excluded the tokens that may not come
     */
    record OtherToken(List<SpecialToken> excluded) implements TokenTerminal {
        public OtherToken {
            excluded = List.copyOf(excluded);
        }
    }

    /**
     * Items in any order, each within its own bounds, a separator between neighbours.
     *
     * @param items what may come, with how often each
     * @param separator what stands between two neighbours
     * @param minTotal the least number of items in all
     * @param maxTotal the greatest, or {@link #UNBOUNDED}
     */
    record Permutation(List<Item> items, Expression separator, int minTotal, int maxTotal) implements Expression {
        public Permutation {
            items = List.copyOf(items);
        }

        /** One kind of item and how often it may come; {@code max} may be {@link Expression#UNBOUNDED}. */
        public record Item(Expression expression, int min, int max) {}
    }

    /**
     * Free text, up to the first mark that is whole in it: {@code "ab"} with a mark {@code b} ends there, whatever else the text could have been. Where several marks end
     * at once, any of them counts.
     *
     * @param stops the marks, with what follows each
     * @param excluded texts that are nowhere in it; none is whole when a mark is
     * @param mayEnd whether it may end without a mark
     */
    record FreeText(List<Stop> stops, List<String> excluded, boolean mayEnd) implements Expression {

        private static final Expression ONE = new CharacterClass(CodePoints.ALL);
        private static final Expression ANY = new Repeat(ONE, 0, UNBOUNDED);

        /** A mark, and what follows it. */
        public record Stop(String mark, Expression then) {}

        /** Copies the lists; a mark or excluded text that is empty would be everywhere. */
        public FreeText {
            stops = List.copyOf(stops);
            excluded = List.copyOf(excluded);
            if (excluded.stream().anyMatch(String::isEmpty) || stops.stream().anyMatch(stop -> stop.mark.isEmpty())) {
                throw new IllegalArgumentException("an empty text is everywhere");
            }
        }

        /** The same texts by differences of regular expressions. Cost of compiling them: quadratic in the marks. */
        public Expression byDifferences() {
            List<String> marks = stops.stream().map(Stop::mark).toList();
            List<Expression> all = new ArrayList<>();
            for (Stop stop : stops) {
                Expression early = containing(marks, Sequence.of(ONE, ANY));
                Expression wrong = Choice.of(early, containing(excluded, ANY));
                Expression upTo = new Difference(Sequence.of(ANY, Literal.of(stop.mark)), wrong);
                all.add(Sequence.of(upTo, stop.then));
            }
            if (mayEnd) {
                all.add(new Difference(ANY, Choice.of(containing(marks, ANY), containing(excluded, ANY))));
            }
            return new Choice(all);
        }

        private static Expression containing(List<String> texts, Expression after) {
            List<Expression> literals =
                    texts.stream().map(text -> (Expression) Literal.of(text)).toList();
            return Sequence.of(ANY, new Choice(literals), after);
        }
    }

    /** What both describe. Exact on regular operands, a typed error otherwise. */
    record Intersection(Expression left, Expression right) implements Expression {}

    /** What the left describes and the right does not. Exact on regular operands, a typed error otherwise. */
    record Difference(Expression left, Expression right) implements Expression {}

    /**
     * A demand on the text before or behind a place, which itself reads nothing: that some text of {@code body} ends there, or begins there, or that none does. It
     * sees the whole text, not its own token alone. For tokens of {@link LexedGrammar.Lexing#FIRST} only. In rules over tokens it says at the end of a text that is not empty
     * which tokens may not come next: it looks ahead, is negative, and its body is a choice of references to them.
     *
     * @param isBehind whether it looks at what stands before
     * @param isNegative whether no text of {@code body} may stand there
     */
    record Look(boolean isBehind, boolean isNegative, Expression body) implements Expression {}

    /**
     * A frame that is supplied beside the grammar under this name: a schema inside a grammar, a plug-in.
     *
     * @param schema the JSON Schema that it stands for, if the text of the grammar has it
     */
    record External(String name, Optional<InlineSchema> schema) implements Expression {

        /** A frame of which the grammar knows the name alone. */
        public External(String name) {
            this(name, Optional.empty());
        }
    }

    /**
     * A JSON Schema in the text of a grammar.
     *
     * @param json the schema
     * @param isSpaced whether there may be white space between the tokens of its values
     */
    record InlineSchema(String json, boolean isSpaced) {}
}
