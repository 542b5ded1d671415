// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The meanings of the keywords for arrays. */
final class ArrayKeywords {

    private static final int END = Integer.MAX_VALUE;

    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Atoms atoms;

    ArrayKeywords(Lanes lanes, Diagrams diagrams, Atoms atoms) {
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.atoms = atoms;
    }

    void prefixItems(SchemaNode schema, JsonValue value, Conjunction all) {
        each(schema, Keyword.PREFIX_ITEMS, all);
    }

    /** Up to 2019-09 an array is what {@code prefixItems} is later. */
    void items(SchemaNode schema, JsonValue value, Conjunction all) {
        if (isList(schema, value)) {
            each(schema, Keyword.ITEMS, all);
        } else {
            int first = schema.get(Keyword.PREFIX_ITEMS) instanceof JsonValue.Items prefix
                    ? prefix.items().size()
                    : 0;
            rest(schema, Keyword.ITEMS, first, all);
        }
    }

    void additionalItems(SchemaNode schema, JsonValue value, Conjunction all) {
        JsonValue items = schema.get(Keyword.ITEMS);
        if (items instanceof JsonValue.Items list && isList(schema, items)) {
            rest(schema, Keyword.ADDITIONAL_ITEMS, list.items().size(), all);
        }
    }

    private static boolean isList(SchemaNode schema, JsonValue items) {
        return items instanceof JsonValue.Items && !schema.resource().draft().since(Draft.DRAFT_2020_12);
    }

    private void each(SchemaNode schema, Keyword keyword, Conjunction all) {
        int index = 0;
        for (SchemaNode lane : lanes.items(schema, keyword)) {
            all.add(JsonType.ARRAY, every(index, index + 1, lane));
            index++;
        }
    }

    private void rest(SchemaNode schema, Keyword keyword, int first, Conjunction all) {
        SchemaNode lane = lanes.child(schema, keyword);
        if (lane != null) {
            all.add(JsonType.ARRAY, every(first, END, lane));
        }
    }

    void contains(SchemaNode schema, JsonValue value, Conjunction all) {
        JsonValue least = schema.get(Keyword.MIN_CONTAINS);
        SchemaNode lane = lanes.child(schema, Keyword.CONTAINS);
        all.add(JsonType.ARRAY, counted(least == null ? 1 : Meaning.count(least), 0, END, lane, true));
    }

    void maxContains(SchemaNode schema, JsonValue value, Conjunction all) {
        SchemaNode lane = lanes.child(schema, Keyword.CONTAINS);
        if (lane != null) {
            all.add(JsonType.ARRAY, diagrams.not(counted(Meaning.count(value) + 1, 0, END, lane, true)));
        }
    }

    void minItems(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.ARRAY, atoms.longAs(Meaning.count(value)));
    }

    void maxItems(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.ARRAY, atoms.shortAs(Meaning.count(value)));
    }

    void uniqueItems(SchemaNode schema, JsonValue value, Conjunction all) {
        if (JsonValue.isTrue(value)) {
            all.add(JsonType.ARRAY, atoms.truth(new Atom.Unique()));
        }
    }

    /** The truth that every item in an interval of indices satisfies a lane. */
    int every(int from, int to, SchemaNode lane) {
        return diagrams.not(counted(1, from, to, lane, false));
    }

    /** The truth that some item in an interval of indices satisfies a lane. */
    int some(int from, int to, SchemaNode lane) {
        return counted(1, from, to, lane, true);
    }

    private int counted(int n, int from, int to, @Nullable SchemaNode lane, boolean verdict) {
        Boolean always = lane == null ? Boolean.TRUE : lane.always();
        if (n <= 0) {
            return Diagrams.ZERO;
        }
        if (lane == null || always != null) {
            return Boolean.valueOf(verdict).equals(always) ? atoms.items(n, from, to) : Diagrams.DEAD;
        }
        return atoms.truth(new Atom.Items(n, from, to, lanes.target(lane).lane(), verdict));
    }

    /** The truth that an array equals a constant. */
    int constant(SchemaNode holder, JsonValue.Items array) {
        int size = array.items().size();
        List<Integer> parts = new ArrayList<>(size + 2);
        parts.add(atoms.longAs(size));
        parts.add(atoms.shortAs(size));
        for (int i = 0; i < size; i++) {
            parts.add(every(i, i + 1, lanes.constant(holder, array.items().get(i))));
        }
        return diagrams.and(parts.stream().mapToInt(part -> part).toArray());
    }
}
