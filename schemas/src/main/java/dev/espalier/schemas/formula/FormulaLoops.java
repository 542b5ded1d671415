package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Works out formulas of schemas that apply to themselves in place, by nothing but {@code allOf} and references: what is being
 * worked out already adds nothing to itself. What was found inside such a loop holds together with the rest of the loop only,
 * and is forgotten when its beginning is done.
 */
final class FormulaLoops {

    private final Map<SchemaNode, Integer> open = new HashMap<>();
    private final List<SchemaNode> partial = new ArrayList<>();
    /** The outermost open schema that what is being worked out refers to. */
    private int outermost = Integer.MAX_VALUE;

    /** What a schema adds to itself. */
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
