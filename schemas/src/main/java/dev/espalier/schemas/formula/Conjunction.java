// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A conjunction of demands under construction, type by type. */
final class Conjunction {

    private final Diagrams diagrams;
    private final ObjectUnions unions;
    private final int[][] parts = new int[Formula.TYPES][4];
    private final int[] count = new int[Formula.TYPES];
    private final List<ObjectDemands.Unevaluated> unevaluated = new ArrayList<>();

    /**
     * A conjunction without demands.
     *
     * @param unions are told what objects are made of
     */
    Conjunction(Diagrams diagrams, ObjectUnions unions) {
        this.diagrams = diagrams;
        this.unions = unions;
    }

    /** Adds a demand on values of one type; other types are not affected. */
    void add(JsonType type, int diagram) {
        int t = type.ordinal();
        if (diagram == Diagrams.ZERO) {
            return;
        }
        if (count[t] == parts[t].length) {
            parts[t] = Arrays.copyOf(parts[t], 2 * count[t]);
        }
        parts[t][count[t]++] = diagram;
    }

    /** Adds the demands on the keys of objects that nothing else evaluates. */
    void add(ObjectDemands.Unevaluated keys) {
        unevaluated.add(keys);
    }

    /** Adds all demands of a formula. */
    void add(Formula formula) {
        for (JsonType type : JsonType.values()) {
            add(type, formula.of(type));
        }
    }

    /** Forbids all other types. */
    void only(Set<JsonType> types) {
        for (JsonType type : JsonType.values()) {
            if (!types.contains(type)) {
                add(type, Diagrams.DEAD);
            }
        }
    }

    Formula formula() {
        int[] all = new int[Formula.TYPES];
        for (int t = 0; t < all.length; t++) {
            all[t] = isDead(t)
                    ? Diagrams.DEAD
                    : count[t] == 1 ? parts[t][0] : diagrams.and(Arrays.copyOf(parts[t], count[t]));
        }
        int objects = JsonType.OBJECT.ordinal();
        if (!unevaluated.isEmpty() && all[objects] != Diagrams.DEAD) {
            ObjectDemands demands =
                    new ObjectDemands(diagrams, Arrays.copyOf(parts[objects], count[objects]), unevaluated);
            all[objects] = unions.and(demands);
            return new Formula(all);
        }
        if (count[objects] > 1 && all[objects] != Diagrams.DEAD) {
            unions.note(all[objects], Arrays.copyOf(parts[objects], count[objects]));
        }
        return new Formula(all);
    }

    private boolean isDead(int type) {
        for (int i = 0; i < count[type]; i++) {
            if (parts[type][i] == Diagrams.DEAD) {
                return true;
            }
        }
        return false;
    }
}
