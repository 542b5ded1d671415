package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The schemas that a schema applies in place and whose annotations it hands on: all but {@code not}. Annotations of a
 * schema count only if it holds.
 */
final class Sources {

    private final Formulas formulas;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Atoms atoms;

    Sources(Formulas formulas, Lanes lanes, Diagrams diagrams, Atoms atoms) {
        this.formulas = formulas;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.atoms = atoms;
    }

    /** The sources of a schema for values of a type. */
    List<Source> of(SchemaNode node, JsonType type) {
        List<Source> sources = new ArrayList<>();
        for (SchemaNode target : lanes.references(node)) {
            add(sources, target, type, Diagrams.ZERO);
        }
        if (lanes.hidesSiblings(node)) {
            return sources;
        }
        for (Keyword keyword : List.of(Keyword.ALL_OF, Keyword.ANY_OF, Keyword.ONE_OF)) {
            lanes.items(node, keyword).forEach(part -> add(sources, part, type, Diagrams.ZERO));
        }
        conditional(sources, node, type);
        if (type == JsonType.OBJECT) {
            for (Keyword keyword : List.of(Keyword.DEPENDENT_SCHEMAS, Keyword.DEPENDENCIES)) {
                Map<String, SchemaNode> named = lanes.named(node, keyword);
                named.forEach((name, part) -> add(sources, part, type, atoms.has(name)));
            }
        }
        return sources;
    }

    private void conditional(List<Source> sources, SchemaNode node, JsonType type) {
        SchemaNode test = lanes.child(node, Keyword.IF);
        if (test == null) {
            return;
        }
        int holds = formulas.of(test).of(type);
        add(sources, test, type, Diagrams.ZERO);
        SchemaNode yes = lanes.child(node, Keyword.THEN);
        if (yes != null) {
            add(sources, yes, type, holds);
        }
        SchemaNode no = lanes.child(node, Keyword.ELSE);
        if (no != null) {
            add(sources, no, type, diagrams.not(holds));
        }
    }

    private void add(List<Source> sources, SchemaNode part, JsonType type, int condition) {
        SchemaNode target = lanes.target(part);
        int guard = diagrams.and(condition, formulas.of(target).of(type));
        if (guard != Diagrams.DEAD) {
            sources.add(new Source(target, guard));
        }
    }
}
