// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.Limits;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.work.LateLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The meaning of {@code unevaluatedItems} as a formula: for each interval of indices, some schema that evaluates the interval holds, or
 * all its items are good for the keyword's schema or for some {@code contains}, and for each set of these that some items are good for,
 * and for nothing else, one of the set counts. Sets of schemas that exclude each other are left out. See docs/design/unevaluated.md.
 */
@FastPath(oracle = "UnevaluatedExactnessTest")
final class UnevaluatedItems implements Meaning {

    private static final int END = Integer.MAX_VALUE;

    /** The weight, against a limit, of a set of {@code contains} that is distinguished. */
    private static final int WEIGHT = 1900;

    /** Estimated bytes that such a set takes. */
    private static final int BYTES = 100_000;

    private final FormulaSource formulas;
    private final ArrayKeywords arrays;
    private final Disjointness disjointness;
    private final Sources sources;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Limits limits;
    private final Map<SchemaNode, Evaluated> known = new HashMap<>();

    UnevaluatedItems(
            FormulaSource formulas,
            ArrayKeywords arrays,
            Disjointness disjointness,
            Sources sources,
            Lanes lanes,
            Diagrams diagrams,
            Limits limits) {
        this.arrays = arrays;
        this.disjointness = disjointness;
        this.limits = limits;
        this.formulas = formulas;
        this.sources = sources;
        this.lanes = lanes;
        this.diagrams = diagrams;
    }

    /**
     * The items that a schema evaluates when it holds, with further conditions.
     *
     * @param before the items before an index, by the index
     * @param matching the items that satisfy a schema
     */
    private record Evaluated(TreeMap<Integer, Integer> before, Map<SchemaNode, Integer> matching) {
        Evaluated() {
            this(new TreeMap<>(), new LinkedHashMap<>());
        }
    }

    @Override
    public void add(SchemaNode node, JsonValue value, Conjunction all) {
        SchemaNode rest = lanes.child(node, Keyword.UNEVALUATED_ITEMS);
        if (rest == null || Boolean.TRUE.equals(rest.always())) {
            return;
        }
        Evaluated evaluated = new Evaluated();
        own(node, evaluated);
        nested(node, evaluated);
        all.add(JsonType.ARRAY, formula(evaluated, rest));
    }

    private Evaluated evaluated(SchemaNode node) {
        Evaluated done = known.get(node);
        if (done == null) {
            done = new Evaluated();
            if (node.get(Keyword.UNEVALUATED_ITEMS) != null && !lanes.hidesSiblings(node)) {
                done.before.put(END, Diagrams.ZERO);
            } else {
                own(node, done);
                nested(node, done);
            }
            known.put(node, done);
        }
        return done;
    }

    private void own(SchemaNode node, Evaluated into) {
        if (lanes.hidesSiblings(node)) {
            return;
        }
        boolean prefixed = node.resource().draft().since(Draft.DRAFT_2020_12);
        JsonValue prefix = node.get(prefixed ? Keyword.PREFIX_ITEMS : Keyword.ITEMS);
        boolean listed = prefix instanceof JsonValue.Items;
        Keyword rest = !prefixed && listed ? Keyword.ADDITIONAL_ITEMS : Keyword.ITEMS;
        if (node.get(rest) != null) {
            into.before.put(END, Diagrams.ZERO);
        } else if (prefix instanceof JsonValue.Items list) {
            into.before.put(list.items().size(), Diagrams.ZERO);
        }
        SchemaNode contains = prefixed ? lanes.child(node, Keyword.CONTAINS) : null;
        if (contains != null) {
            into.matching.put(lanes.target(contains), Diagrams.ZERO);
        }
    }

    private void nested(SchemaNode node, Evaluated into) {
        for (Source source : sources.of(node, JsonType.ARRAY)) {
            Evaluated part = formulas.deep(() -> evaluated(source.schema()));
            part.before.forEach(
                    (index, guard) -> into.before.merge(index, diagrams.and(source.guard(), guard), diagrams::or));
            part.matching.forEach(
                    (lane, guard) -> into.matching.merge(lane, diagrams.and(source.guard(), guard), diagrams::or));
        }
    }

    private int formula(Evaluated evaluated, SchemaNode rest) {
        int whole = evaluated.before.getOrDefault(END, Diagrams.DEAD);
        if (whole == Diagrams.ZERO) {
            return whole;
        }
        List<SchemaNode> always = new ArrayList<>(List.of(rest));
        Map<Integer, List<SchemaNode>> byGuard = new LinkedHashMap<>();
        evaluated.matching.forEach((lane, guard) -> {
            if (guard == Diagrams.ZERO) {
                always.add(lane);
            } else if (guard != Diagrams.DEAD) {
                byGuard.computeIfAbsent(guard, k -> new ArrayList<>()).add(lane);
            }
        });
        List<Source> matching = new ArrayList<>();
        byGuard.forEach((guard, some) -> matching.add(new Source(lanes.any(some), guard)));
        List<Integer> parts = new ArrayList<>();
        int from = 0;
        for (int to : evaluated.before.keySet()) {
            interval(parts, evaluated, from, to, always, matching);
            from = to;
        }
        if (from < END) {
            interval(parts, evaluated, from, END, always, matching);
        }
        return diagrams.or(
                whole, diagrams.and(parts.stream().mapToInt(part -> part).toArray()));
    }

    private void interval(
            List<Integer> parts,
            Evaluated evaluated,
            int from,
            int to,
            List<SchemaNode> always,
            List<Source> matching) {
        int guard = Diagrams.DEAD;
        for (int some : evaluated.before.tailMap(to).values()) {
            guard = diagrams.or(guard, some);
        }
        if (guard == Diagrams.ZERO || from == to) {
            return;
        }
        List<SchemaNode> any = new ArrayList<>(always);
        matching.forEach(source -> any.add(source.schema()));
        parts.add(diagrams.or(guard, every(from, to, any)));
        for (List<Source> set : compatible(matching)) {
            int counts = Diagrams.DEAD;
            for (Source source : set) {
                counts = diagrams.or(counts, source.guard());
            }
            int none = diagrams.not(arrays.some(from, to, only(set, always, matching)));
            parts.add(diagrams.or(guard, diagrams.or(counts, none)));
        }
    }

    /** The sets of sources no two of which exclude each other, but for the empty one. */
    private List<List<Source>> compatible(List<Source> matching) {
        List<List<Source>> sets = new ArrayList<>();
        for (Source source : matching) {
            int before = sets.size();
            sets.add(List.of(source));
            for (int i = 0; i < before; i++) {
                if (sets.get(i).stream().noneMatch(other -> exclude(source.schema(), other.schema()))) {
                    List<Source> more = new ArrayList<>(sets.get(i));
                    more.add(source);
                    sets.add(more);
                }
            }
            LateLimits.share(diagrams.isLate(), limits, WEIGHT, BYTES).check(sets.size());
        }
        return sets;
    }

    /** The schema of the items that satisfy exactly the schemas of a set. */
    private SchemaNode only(List<Source> set, List<SchemaNode> always, List<Source> matching) {
        List<SchemaNode> wanted = set.stream().map(Source::schema).toList();
        List<SchemaNode> others = new ArrayList<>(always);
        matching.stream().filter(source -> !set.contains(source)).forEach(source -> others.add(source.schema()));
        others.removeIf(other ->
                Boolean.FALSE.equals(other.always()) || wanted.stream().anyMatch(schema -> exclude(schema, other)));
        return lanes.only(wanted, others);
    }

    private boolean exclude(SchemaNode one, SchemaNode two) {
        return disjointness.areDisjoint(
                lanes.target(one).lane(), lanes.target(two).lane());
    }

    private int every(int from, int to, List<SchemaNode> parts) {
        List<SchemaNode> open = new ArrayList<>();
        for (SchemaNode part : parts) {
            Boolean always = part.always();
            if (always == null) {
                open.add(part);
            } else if (always) {
                return Diagrams.ZERO;
            }
        }
        return arrays.every(from, to, open.isEmpty() ? parts.get(0) : lanes.any(open));
    }
}
