// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.SourceText;
import java.util.List;
import java.util.function.UnaryOperator;

/** What stands behind the colon of a rule or terminal, as it is written. Immutable. */
sealed interface LarkNode {

    /** Where something is written. */
    record Spot(SourceText source, int offset) {}

    /** One after the other. */
    record Sequence(List<LarkNode> items) implements LarkNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Any one of these. */
    record Choice(List<LarkNode> alternatives) implements LarkNode {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /**
     * As many times as the bounds allow.
     *
     * @param operator how it is written: {@code *}, {@code +}, {@code ?}, or {@code ~} for bounds
     */
    record Repeat(LarkNode item, int min, int max, char operator) implements LarkNode {}

    /** What is in brackets: it may be left out. */
    record Maybe(LarkNode item) implements LarkNode {}

    /** A rule or terminal, or a template with its arguments. */
    record Name(String name, List<LarkNode> arguments, Spot spot) implements LarkNode {
        public Name {
            arguments = List.copyOf(arguments);
        }

        boolean isTerminal() {
            return LarkNode.isTerminal(name);
        }
    }

    /** A string as it is written, with quotes and flag. */
    record Text(String written, Spot spot) implements LarkNode {}

    /** A regular expression as it is written, with slashes and flags. */
    record Pattern(String written, Spot spot) implements LarkNode {}

    /**
     * A terminal of Lark's own.
     *
     * @param regex a regular expression that finds the same texts
     * @param length how long the expression is that Lark has for it, which decides which of two terminals is tried first
     * @param longest an expression without look-around for llguidance, which means something else by the name; empty if it has no such terminal
     */
    record Common(String regex, int length, String longest) implements LarkNode {}

    /** All characters between two, in strings as they are written. */
    record Range(String first, String last, Spot spot) implements LarkNode {}

    /** What all of these describe; terminals only. */
    record Both(List<LarkNode> items) implements LarkNode {}

    /** All texts but those; terminals only. */
    record Not(LarkNode item) implements LarkNode {}

    /** A special token of the vocabulary, with its angle brackets. */
    record Special(String written, Spot spot) implements LarkNode {}

    /**
     * A block or reference of llguidance's, as it is written.
     *
     * @param keyword what it begins with
     */
    record Block(String keyword, String written, Spot spot) implements LarkNode {}

    /** Whether a name is a terminal's: it has no small letters. */
    static boolean isTerminal(String name) {
        return name.chars().noneMatch(Character::isLowerCase);
    }

    /** The same with other names. */
    default LarkNode renamed(UnaryOperator<String> names) {
        if (this instanceof Sequence sequence) {
            return new Sequence(
                    sequence.items.stream().map(item -> item.renamed(names)).toList());
        } else if (this instanceof Choice choice) {
            return new Choice(choice.alternatives.stream()
                    .map(item -> item.renamed(names))
                    .toList());
        } else if (this instanceof Repeat repeat) {
            return new Repeat(repeat.item.renamed(names), repeat.min, repeat.max, repeat.operator);
        } else if (this instanceof Maybe maybe) {
            return new Maybe(maybe.item.renamed(names));
        } else if (this instanceof Name name) {
            List<LarkNode> arguments =
                    name.arguments.stream().map(item -> item.renamed(names)).toList();
            return new Name(names.apply(name.name), arguments, name.spot);
        } else if (this instanceof Both both) {
            return new Both(both.items.stream().map(item -> item.renamed(names)).toList());
        } else if (this instanceof Not not) {
            return new Not(not.item.renamed(names));
        }
        return this;
    }

    /** Puts nodes together as they are parsed. */
    final class Algebra implements ExpressionBuilder.Algebra<LarkNode> {

        private char operator;

        /** How repetitions from now on are written. */
        void operator(char written) {
            operator = written;
        }

        @Override
        public LarkNode sequence(List<LarkNode> items) {
            return items.size() == 1 ? items.get(0) : new Sequence(items);
        }

        @Override
        public LarkNode choice(List<LarkNode> alternatives) {
            return new Choice(alternatives);
        }

        @Override
        public LarkNode repeat(LarkNode item, int min, int max) {
            return new Repeat(item, min, max, operator);
        }
    }
}
