// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.parse;

import java.util.List;

/**
 * How a rule reads a text. Immutable.
 *
 * @param rule the rule's name
 * @param from where its text begins, in characters (code points) of the whole text
 * @param to where it ends
 * @param children the rules that it calls, in the order of the text
 */
public record ParseTree(String rule, int from, int to, List<ParseTree> children) {
    public ParseTree {
        children = List.copyOf(children);
    }
}
