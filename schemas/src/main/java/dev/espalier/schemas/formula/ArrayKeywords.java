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

/** What the keywords of arrays say. */
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

    void add(SchemaNode node, Conjunction all) {
        items(node, all);
        contains(node, all);
        JsonValue value = Formulas.get(node, Keyword.MIN_ITEMS);
        if (value != null) {
            all.add(JsonType.ARRAY, atoms.longAs(Formulas.count(value)));
        }
        value = Formulas.get(node, Keyword.MAX_ITEMS);
        if (value != null) {
            all.add(JsonType.ARRAY, atoms.shortAs(Formulas.count(value)));
        }
        if (JsonValue.isTrue(Formulas.get(node, Keyword.UNIQUE_ITEMS))) {
            all.add(JsonType.ARRAY, atoms.truth(new Atom.Unique()));
        }
    }

    private void items(SchemaNode node, Conjunction all) {
        boolean prefixed = node.resource().draft().since(Draft.DRAFT_2020_12);
        Keyword first = prefixed ? Keyword.PREFIX_ITEMS : Keyword.ITEMS;
        JsonValue prefix = Formulas.get(node, first);
        int count = 0;
        if (prefix instanceof JsonValue.Items array) {
            for (JsonValue item : array.items()) {
                SchemaNode lane = lanes.item(node, first, count, item);
                all.add(JsonType.ARRAY, every(count, count + 1, lane));
                count++;
            }
        }
        Keyword rest = !prefixed && prefix instanceof JsonValue.Items ? Keyword.ADDITIONAL_ITEMS : Keyword.ITEMS;
        SchemaNode lane = lanes.child(node, rest);
        if (lane != null) {
            all.add(JsonType.ARRAY, every(count, END, lane));
        }
    }

    /** Every item in an interval has a value that a lane is good for. */
    int every(int from, int to, SchemaNode lane) {
        return diagrams.not(counted(1, from, to, lane, false));
    }

    /** Some item in an interval has a value that a lane is good for. */
    int some(int from, int to, SchemaNode lane) {
        return counted(1, from, to, lane, true);
    }

    private int counted(int n, int from, int to, @Nullable SchemaNode lane, boolean verdict) {
        Boolean always = lane == null ? Boolean.TRUE : ObjectKeywords.always(lane);
        if (n <= 0) {
            return Diagrams.ZERO;
        }
        if (lane == null || always != null) {
            return Boolean.valueOf(verdict).equals(always) ? atoms.items(n, from, to) : Diagrams.DEAD;
        }
        return atoms.truth(new Atom.Items(n, from, to, lanes.target(lane).lane(), verdict));
    }

    private void contains(SchemaNode node, Conjunction all) {
        SchemaNode lane = lanes.child(node, Keyword.CONTAINS);
        if (lane == null) {
            return;
        }
        JsonValue min = Formulas.get(node, Keyword.MIN_CONTAINS);
        JsonValue max = Formulas.get(node, Keyword.MAX_CONTAINS);
        all.add(JsonType.ARRAY, counted(min == null ? 1 : Formulas.count(min), 0, END, lane, true));
        if (max != null) {
            all.add(JsonType.ARRAY, diagrams.not(counted(Formulas.count(max) + 1, 0, END, lane, true)));
        }
    }

    /** The arrays that equal a constant. */
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
