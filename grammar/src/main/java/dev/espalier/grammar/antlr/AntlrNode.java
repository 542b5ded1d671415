// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.antlr;

import dev.espalier.grammar.source.ExpressionBuilder;
import dev.espalier.grammar.source.SourceText;
import java.util.List;

/** What stands behind the colon of a rule, as it is written. Immutable. */
sealed interface AntlrNode {

    /** Where something is written. */
    record Spot(SourceText source, int offset) {}

    /** One after the other. */
    record Sequence(List<AntlrNode> items) implements AntlrNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Any one of these. */
    record Choice(List<AntlrNode> alternatives) implements AntlrNode {
        public Choice {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** As many times as the bounds allow. */
    record Repeat(AntlrNode item, int min, int max, boolean isLazy) implements AntlrNode {}

    /** A rule of the lexer or parser. */
    record Name(String name, Spot spot) implements AntlrNode {}

    /** A text, from the index behind its opening quote to that of the closing one. */
    record Text(Spot spot, int end) implements AntlrNode {}

    /** All characters between two, each the only one of its text. */
    record Range(Text first, Text last) implements AntlrNode {}

    /** The characters in brackets, from the index behind the opening one to that of the closing one. */
    record Characters(Spot spot, int end) implements AntlrNode {}

    /** Any character, or any token. */
    record Any() implements AntlrNode {}

    /** Any one character, or token, but those. */
    record Not(AntlrNode item, Spot spot) implements AntlrNode {}

    /** A piece of a program. */
    record Action(boolean isPredicate, Spot spot) implements AntlrNode {}

    /** Puts nodes together as they are parsed. */
    final class Algebra implements ExpressionBuilder.Algebra<AntlrNode> {

        private boolean isLazy;

        /** Says whether repetitions from now on are lazy. */
        void lazy(boolean given) {
            isLazy = given;
        }

        @Override
        public AntlrNode sequence(List<AntlrNode> items) {
            return items.size() == 1 ? items.get(0) : new Sequence(items);
        }

        @Override
        public AntlrNode choice(List<AntlrNode> alternatives) {
            return new Choice(alternatives);
        }

        @Override
        public AntlrNode repeat(AntlrNode item, int min, int max) {
            return new Repeat(item, min, max, isLazy);
        }
    }
}
