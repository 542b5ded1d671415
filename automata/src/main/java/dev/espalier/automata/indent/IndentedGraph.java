// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.indent;

import dev.espalier.automata.nfa.RuleGraph;
import java.util.Map;

/**
 * Rules whose texts may depend on the column of the block that they are in.
 *
 * @param rules all rules
 * @param parts by the number of a callee that is no rule, what it is
 */
public record IndentedGraph(RuleGraph rules, Map<Integer, IndentedPart> parts) {}
