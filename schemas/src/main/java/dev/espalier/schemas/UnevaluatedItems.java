package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code unevaluatedItems} says, as a formula: for each interval of indices and each set of the conditions under which
 * a {@code contains} evaluates its matches, a condition outside that set holds, or some schema that evaluates the interval
 * does, or all its items are good for the keyword's schema or for a {@code contains} of the set. Source: docs/schemas.md,
 * "unevaluated".
 */
final class UnevaluatedItems {

    private static final int END = Integer.MAX_VALUE;

    private final Formulas formulas;
    private final Sources sources;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Map<SchemaNode, Evaluated> known = new HashMap<>();

    UnevaluatedItems(Formulas formulas, Sources sources, Lanes lanes, Diagrams diagrams) {
        this.formulas = formulas;
        this.sources = sources;
        this.lanes = lanes;
        this.diagrams = diagrams;
    }

    /**
     * The items that a schema evaluates when it holds, with further conditions.
     *
     * @param before the items before an index, by the index
     * @param matching the items that a schema is good for
     */
    private record Evaluated(TreeMap<Integer, Integer> before, Map<SchemaNode, Integer> matching) {
        Evaluated() {
            this(new TreeMap<>(), new LinkedHashMap<>());
        }
    }

    void add(SchemaNode node, Conjunction all) {
        SchemaNode rest = lanes.child(node, Keyword.UNEVALUATED_ITEMS);
        if (rest == null || Boolean.TRUE.equals(ObjectKeywords.always(rest))) {
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
        List<Integer> parts = new ArrayList<>();
        int from = 0;
        for (int to : evaluated.before.keySet()) {
            interval(parts, evaluated, from, to, always, byGuard);
            from = to;
        }
        if (from < END) {
            interval(parts, evaluated, from, END, always, byGuard);
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
            Map<Integer, List<SchemaNode>> byGuard) {
        int guard = Diagrams.DEAD;
        for (int some : evaluated.before.tailMap(to).values()) {
            guard = diagrams.or(guard, some);
        }
        if (guard != Diagrams.ZERO && from < to) {
            parts.add(diagrams.or(guard, subsets(List.copyOf(byGuard.keySet()), 0, always, byGuard, from, to)));
        }
    }

    /** Goes through the sets of conditions: each one is outside, and then may hold, or inside. */
    private int subsets(
            List<Integer> guards,
            int next,
            List<SchemaNode> inside,
            Map<Integer, List<SchemaNode>> byGuard,
            int from,
            int to) {
        if (next == guards.size()) {
            return every(from, to, inside);
        }
        int guard = guards.get(next);
        List<SchemaNode> more = new ArrayList<>(inside);
        more.addAll(byGuard.getOrDefault(guard, List.of()));
        int without = subsets(guards, next + 1, inside, byGuard, from, to);
        int with = subsets(guards, next + 1, more, byGuard, from, to);
        return diagrams.and(diagrams.or(guard, without), with);
    }

    private int every(int from, int to, List<SchemaNode> parts) {
        List<SchemaNode> open = new ArrayList<>();
        for (SchemaNode part : parts) {
            Boolean always = ObjectKeywords.always(part);
            if (always == null) {
                open.add(part);
            } else if (always) {
                return Diagrams.ZERO;
            }
        }
        return formulas.arrays().every(from, to, open.isEmpty() ? parts.get(0) : lanes.union(open));
    }
}
