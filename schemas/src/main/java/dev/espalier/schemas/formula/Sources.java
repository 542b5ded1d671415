// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import java.util.ArrayList;
import java.util.List;

/**
 * The schemas that a schema applies in place and whose annotations it hands on, each under the condition that it is applied and
 * holds.
 */
final class Sources {

    private final FormulaSource formulas;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final ObjectKeywords objects;

    Sources(FormulaSource formulas, Lanes lanes, Diagrams diagrams, ObjectKeywords objects) {
        this.formulas = formulas;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.objects = objects;
    }

    /** The sources of a schema for values of a type. */
    List<Source> of(SchemaNode node, JsonType type) {
        List<Source> sources = new ArrayList<>();
        for (Lanes.Applied applied : lanes.appliedInPlace(node)) {
            int condition = condition(node, applied, type);
            if (condition != Diagrams.DEAD) {
                SchemaNode target = lanes.target(applied.schema());
                int guard = diagrams.and(condition, formulas.of(target).of(type));
                if (guard != Diagrams.DEAD) {
                    sources.add(new Source(target, guard));
                }
            }
        }
        return sources;
    }

    /** The condition under which a schema is applied to values of a type. */
    private int condition(SchemaNode node, Lanes.Applied applied, JsonType type) {
        Keyword keyword = applied.keyword();
        if (keyword.about() == Keyword.About.OBJECTS) {
            return type == JsonType.OBJECT ? objects.condition(node, applied) : Diagrams.DEAD;
        }
        if (keyword != Keyword.THEN && keyword != Keyword.ELSE) {
            return Diagrams.ZERO;
        }
        SchemaNode test = lanes.child(node, Keyword.IF);
        if (test == null) {
            return Diagrams.DEAD;
        }
        int holds = formulas.of(test).of(type);
        return keyword == Keyword.THEN ? holds : diagrams.not(holds);
    }
}
