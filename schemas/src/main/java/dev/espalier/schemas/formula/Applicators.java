// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** The meanings of the keywords that apply schemas to the value itself: diagrams put together. */
final class Applicators {

    /** The number of alternatives up to which they are compared pair by pair. */
    private static final int FEW = 8;

    private final FormulaSource formulas;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final ObjectUnions unions;
    private final Disjointness disjointness;

    Applicators(
            FormulaSource formulas, Lanes lanes, Diagrams diagrams, ObjectUnions unions, Disjointness disjointness) {
        this.formulas = formulas;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.unions = unions;
        this.disjointness = disjointness;
    }

    void allOf(SchemaNode schema, JsonValue value, Conjunction all) {
        lanes.items(schema, Keyword.ALL_OF).forEach(part -> all.add(formulas.of(part)));
    }

    void anyOf(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(any(lanes.items(schema, Keyword.ANY_OF)));
    }

    void oneOf(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(exactlyOne(parts(lanes.items(schema, Keyword.ONE_OF))));
    }

    void not(SchemaNode schema, JsonValue value, Conjunction all) {
        SchemaNode part = lanes.child(schema, Keyword.NOT);
        if (part != null) {
            exclude(part, all);
        }
    }

    void ifThenElse(SchemaNode schema, JsonValue value, Conjunction all) {
        SchemaNode test = lanes.child(schema, Keyword.IF);
        if (test == null) {
            return;
        }
        Formula condition = formulas.of(test);
        SchemaNode yes = lanes.child(schema, Keyword.THEN);
        SchemaNode no = lanes.child(schema, Keyword.ELSE);
        all.add(choose(
                condition, yes == null ? Formula.TRUE : formulas.of(yes), no == null ? Formula.TRUE : formulas.of(no)));
    }

    Meaning reference(Keyword keyword) {
        return (schema, value, all) -> all.add(formulas.of(lanes.reference(schema, keyword)));
    }

    /** The formula of the values that satisfy at least one of some schemas. */
    Formula any(List<SchemaNode> schemas) {
        return anyOf(parts(schemas));
    }

    /** Demands that a value does not satisfy a schema. */
    void exclude(SchemaNode schema, Conjunction all) {
        all.add(choose(formulas.of(schema), Formula.FALSE, Formula.TRUE));
    }

    private List<Formula> parts(List<SchemaNode> nodes) {
        List<Formula> parts = new ArrayList<>(nodes.size());
        nodes.forEach(node -> parts.add(formulas.of(node)));
        return parts;
    }

    private Formula anyOf(List<Formula> parts) {
        int[] result = new int[Formula.TYPES];
        for (JsonType type : JsonType.values()) {
            int[] some = parts.stream().mapToInt(part -> part.of(type)).toArray();
            result[type.ordinal()] = or(type, some);
        }
        return new Formula(result);
    }

    private int or(JsonType type, int[] parts) {
        return type == JsonType.OBJECT ? unions.or(parts) : diagrams.or(parts);
    }

    private Formula exactlyOne(List<Formula> parts) {
        int[] result = new int[Formula.TYPES];
        for (JsonType type : JsonType.values()) {
            int[] some = parts.stream()
                    .mapToInt(part -> part.of(type))
                    .filter(part -> part != Diagrams.DEAD)
                    .toArray();
            result[type.ordinal()] = exclude(type, some) ? or(type, some) : exactlyOne(some);
            if (type == JsonType.OBJECT) {
                unions.noteOne(result[type.ordinal()], some);
            }
        }
        return new Formula(result);
    }

    private boolean exclude(JsonType type, int[] parts) {
        if (type == JsonType.OBJECT && parts.length > FEW && unions.areApart(parts)) {
            return true;
        }
        for (int i = 0; i < parts.length; i++) {
            for (int j = 0; j < i; j++) {
                diagrams.tick();
                if (!disjointness.areDisjoint(type, parts[i], parts[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    private int exactlyOne(int[] parts) {
        int none = Diagrams.ZERO;
        int one = Diagrams.DEAD;
        for (int test : parts) {
            one = diagrams.choose(test, none, one);
            none = diagrams.and(diagrams.not(test), none);
        }
        return one;
    }

    private Formula choose(Formula test, Formula yes, Formula no) {
        int[] result = new int[Formula.TYPES];
        for (JsonType type : JsonType.values()) {
            result[type.ordinal()] = diagrams.choose(test.of(type), yes.of(type), no.of(type));
        }
        return new Formula(result);
    }
}
