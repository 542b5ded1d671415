// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A computation of formulas of schemas that apply to themselves in place, through {@code allOf} and references only: a formula being
 * computed already adds nothing to itself. Formulas found inside such a loop hold only together with the rest of the loop, and are
 * dropped when its first schema is done.
 */
final class FormulaLoops {

    private final Map<SchemaNode, Integer> open = new HashMap<>();
    private final List<SchemaNode> partial = new ArrayList<>();
    /** The outermost open schema that the current formula refers to. */
    private int outermost = Integer.MAX_VALUE;

    /** The formula that a schema adds to itself: true. */
    Formula neutral(SchemaNode node) {
        outermost = Math.min(outermost, open.getOrDefault(node, Integer.MAX_VALUE));
        return Formula.TRUE;
    }

    /** The formula of a schema that is not known yet. */
    Formula of(SchemaNode node, Function<SchemaNode, Formula> work) {
        int depth = open.size();
        int from = partial.size();
        int before = outermost;
        outermost = Integer.MAX_VALUE;
        open.put(node, depth);
        node.open(true);
        try {
            Formula formula = work.apply(node);
            node.formula(formula);
            if (outermost < depth) {
                partial.add(node);
            } else {
                List<SchemaNode> inside = partial.subList(from, partial.size());
                inside.forEach(SchemaNode::forget);
                inside.clear();
            }
            return formula;
        } finally {
            node.open(false);
            open.remove(node);
            outermost = Math.min(before, outermost < depth ? outermost : Integer.MAX_VALUE);
        }
    }
}
