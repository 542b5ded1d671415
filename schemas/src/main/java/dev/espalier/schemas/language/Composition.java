// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.formula.Formulas;
import dev.espalier.schemas.formula.Lanes;
import dev.espalier.schemas.formula.SchemaNode;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.value.ValueLanguage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The substitution of the formulas of lanes for the lanes: a diagram over lanes becomes one over atoms of a type. */
record Composition(ValueLanguage language, Lanes lanes, Formulas formulas) {

    /** The demands of a diagram over lanes on values of a type. */
    int of(int diagram, JsonType type) {
        if (diagram < 0) {
            return diagram;
        }
        Diagrams diagrams = language.diagrams();
        if (Diagrams.isEnd(diagrams.branch(diagram, false)) && Diagrams.isEnd(diagrams.branch(diagram, true))) {
            return ofOne(diagram, type);
        }
        language.prepare(diagrams.support(diagram).stream().boxed().toList());
        Map<Integer, Integer> composed = new HashMap<>();
        for (int node : diagrams.nodesBefore(diagram, Integer.MAX_VALUE)) {
            SchemaNode lane = lanes.get(diagrams.top(node));
            int test = formulas.of(lane).of(type);
            int no = composed(diagrams.branch(node, false), composed);
            int yes = composed(diagrams.branch(node, true), composed);
            composed.put(node, diagrams.choose(test, yes, no));
        }
        return composed(diagram, composed);
    }

    /** As {@link #of}, for a diagram over one lane, which is nearly every one. */
    private int ofOne(int diagram, JsonType type) {
        Diagrams diagrams = language.diagrams();
        int lane = diagrams.top(diagram);
        language.prepare(List.of(lane));
        int test = formulas.of(lanes.get(lane)).of(type);
        return diagrams.choose(test, diagrams.branch(diagram, true), diagrams.branch(diagram, false));
    }

    private static int composed(int diagram, Map<Integer, Integer> composed) {
        return diagram < 0 ? diagram : Objects.requireNonNull(composed.get(diagram));
    }
}
