// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.work.DeepRecursion;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A translator of schemas into {@link Formula}s: keywords become atoms, Boolean structure becomes diagrams, child schemas become lanes
 * that are translated later. It recurses through schemas that apply in place, not through children.
 */
public final class Formulas implements FormulaSource {

    /** The weight of a level of recursion on a stack. */
    private static final int NESTING = 40;

    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Meanings meanings;
    private final Disjointness disjointness;
    private final ObjectUnions unions;
    private final Map<SchemaNode, Formula> texts = new IdentityHashMap<>();
    private final DeepRecursion recursion = new DeepRecursion(NESTING);
    private final FormulaLoops loops = new FormulaLoops();
    private final Set<SchemaNode> openTexts = new HashSet<>();
    private boolean textsOnly;

    public Formulas(Lanes lanes, Diagrams diagrams, Atoms atoms, Patterns patterns, SchemaOptions options) {
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.disjointness = new Disjointness(lanes, this, diagrams, atoms);
        this.unions = new ObjectUnions(
                diagrams, atoms, disjointness, patterns.budget().limits().maxIrNodes());
        this.meanings = new Meanings(this, lanes, diagrams, atoms, patterns, unions, disjointness, options);
    }

    @Override
    public <T> T deep(Supplier<T> work) {
        return recursion.call(work);
    }

    /** The unions of objects as schemas wrote them. */
    public ObjectUnions unions() {
        return unions;
    }

    /** The proofs that schemas exclude each other. */
    public Disjointness disjointness() {
        return disjointness;
    }

    @Override
    public Formula of(SchemaNode start) {
        SchemaNode node = lanes.target(start);
        Formula known = node.formula();
        if (known != null) {
            return textsOnly ? known.only(JsonType.STRING) : known;
        }
        if (textsOnly) {
            return texts(node);
        }
        if (node.isOpen() && lanes.haveLoops()) {
            return loops.neutral(node);
        }
        if (node.isOpen()) {
            throw new ReferenceException(
                    "this schema applies to itself without going into a child value, which has no meaning",
                    lanes.place(node));
        }
        if (lanes.haveLoops()) {
            return loops.of(node, this::worked);
        }
        node.open(true);
        try {
            Formula formula = worked(node);
            node.formula(formula);
            return formula;
        } finally {
            node.open(false);
        }
    }

    /** Its cycles in place are cycles of the whole schema too, and refused before, or add nothing. */
    private Formula texts(SchemaNode node) {
        Formula known = texts.get(node);
        if (known == null) {
            if (!openTexts.add(node)) {
                return Formula.TRUE;
            }
            known = worked(node).only(JsonType.STRING);
            openTexts.remove(node);
            if (openTexts.isEmpty() || !lanes.haveLoops()) {
                texts.put(node, known);
            }
        }
        return known;
    }

    private Formula worked(SchemaNode node) {
        return deep(() -> switch (node.kind()) {
            case CONSTANT -> meanings.constants(node, List.of(node.value()));
            case SCHEMA -> schema(node);
            case ANY -> meanings.any(node.parts());
            case ONLY -> {
                Conjunction all = new Conjunction(diagrams, unions);
                node.parts().forEach(part -> all.add(of(part)));
                meanings.none(node.excluded(), all);
                yield all.formula();
            }
        });
    }

    @Override
    public int ofTexts(SchemaNode node) {
        boolean before = textsOnly;
        textsOnly = true;
        try {
            return of(node).of(JsonType.STRING);
        } finally {
            textsOnly = before;
        }
    }

    private Formula schema(SchemaNode node) {
        if (node.value() instanceof JsonValue.Literal literal) {
            return literal.isTrue() ? Formula.TRUE : Formula.FALSE;
        }
        boolean hidden = lanes.hidesSiblings(node);
        Conjunction all = new Conjunction(diagrams, unions);
        for (Keyword keyword : node.keywords()) {
            JsonValue value = node.get(keyword);
            if (value != null && (keyword.isReference() || !hidden) && (!textsOnly || isAboutTexts(keyword))) {
                meanings.add(keyword, node, value, all);
            }
        }
        return all.formula();
    }

    private static boolean isAboutTexts(Keyword keyword) {
        return keyword.about() != Keyword.About.ARRAYS && keyword.about() != Keyword.About.OBJECTS;
    }
}
