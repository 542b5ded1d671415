// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import java.util.List;

/** What a grammar makes of a text. Immutable. */
public sealed interface Reading {

    /**
     * It is a sentence.
     *
     * @param trees its readings: one, or two of them if it has more
     */
    record Sentence(List<ParseTree> trees) implements Reading {
        public Sentence {
            trees = List.copyOf(trees);
        }

        /** Whether it has several readings. */
        public boolean isAmbiguous() {
            return trees.size() > 1;
        }
    }

    /**
     * It is none.
     *
     * @param at how many characters (code points) are the beginning of a sentence
     * @param expected what may come there: names of rules, and characters as GBNF writes them
     * @param inside the rules that are open there, the outermost first, of one reading
     */
    record Failure(int at, List<String> expected, List<String> inside) implements Reading {
        public Failure {
            expected = List.copyOf(expected);
            inside = List.copyOf(inside);
        }
    }
}
