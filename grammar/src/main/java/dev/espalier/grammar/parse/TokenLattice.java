// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import java.util.List;

/**
 * A text as a lexer cuts it: places between tokens, and the tokens that lead from one to a later one. Where a lexer has several ways, so has the lattice. Immutable.
 *
 * @param nodes the places; the text begins at the first
 */
public record TokenLattice(List<Node> nodes) {

    public TokenLattice {
        nodes = List.copyOf(nodes);
    }

    /**
     * A place between tokens.
     *
     * @param offset where the next token begins, behind what is skipped; or where the lexer finds none; in characters (code points)
     * @param isEnd whether the text may end here, behind what is skipped
     * @param steps the tokens that may come next
     */
    public record Node(int offset, boolean isEnd, List<Step> steps) {
        public Node {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A token of the text.
     *
     * @param token its name
     * @param from where its text begins, in characters (code points)
     * @param to where it ends
     * @param next the number of the place behind it, greater than that before it
     */
    public record Step(String token, int from, int to, int next) {}
}
