// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import java.util.List;

/** A text as Earley's algorithm sees it: places, numbered from the left to the right, and terminals that lead from one to a later one. */
interface Input {

    /** The number of places. */
    int places();

    /** Whether the text may end at a place. */
    boolean isEnd(int place);

    /** Where a place is in the text, in characters (code points). */
    int offset(int place);

    /** The places that a terminal leads to. */
    int[] after(int place, Terminal terminal);

    /** The token between two places, for trees of tokens. */
    ParseTree leaf(int place, int next, Terminal terminal);

    /** The characters of a text. */
    record Characters(int[] text) implements Input {

        private static final int[] NONE = {};

        @Override
        public int places() {
            return text.length + 1;
        }

        @Override
        public boolean isEnd(int place) {
            return place == text.length;
        }

        @Override
        public int offset(int place) {
            return place;
        }

        @Override
        public int[] after(int place, Terminal terminal) {
            boolean isRead = place < text.length && terminal.members().contains(text[place]);
            return isRead ? new int[] {place + 1} : NONE;
        }

        @Override
        public ParseTree leaf(int place, int next, Terminal terminal) {
            throw new IllegalStateException("characters are no leaves");
        }
    }

    /** The tokens of a text. */
    record Tokens(TokenLattice lattice) implements Input {

        @Override
        public int places() {
            return lattice.nodes().size();
        }

        @Override
        public boolean isEnd(int place) {
            return lattice.nodes().get(place).isEnd();
        }

        @Override
        public int offset(int place) {
            return lattice.nodes().get(place).offset();
        }

        @Override
        public int[] after(int place, Terminal terminal) {
            return steps(place, terminal).stream()
                    .mapToInt(TokenLattice.Step::next)
                    .distinct()
                    .toArray();
        }

        private List<TokenLattice.Step> steps(int place, Terminal terminal) {
            return lattice.nodes().get(place).steps().stream()
                    .filter(step -> step.token().equals(terminal.token()))
                    .toList();
        }

        @Override
        public ParseTree leaf(int place, int next, Terminal terminal) {
            return steps(place, terminal).stream()
                    .filter(step -> step.next() == next)
                    .findFirst()
                    .map(step -> new ParseTree(step.token(), step.from(), step.to(), List.of()))
                    .orElseThrow();
        }
    }
}
