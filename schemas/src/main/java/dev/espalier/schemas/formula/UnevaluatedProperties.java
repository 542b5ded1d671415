// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.diagram.Units;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.pattern.Patterns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The meaning of {@code unevaluatedProperties} as a formula: for each class of keys, some schema that evaluates them holds, or the
 * values of all of them are good for the keyword's schema. See docs/design/unevaluated.md.
 */
@FastPath(oracle = "UnevaluatedExactnessTest")
final class UnevaluatedProperties implements Meaning {

    private final FormulaSource formulas;
    private final ObjectKeywords objects;
    private final Sources sources;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Patterns patterns;
    private final Map<SchemaNode, Map<KeySet, Set<Integer>>> known = new HashMap<>();

    UnevaluatedProperties(
            FormulaSource formulas,
            ObjectKeywords objects,
            Sources sources,
            Lanes lanes,
            Diagrams diagrams,
            Patterns patterns) {
        this.objects = objects;
        this.formulas = formulas;
        this.sources = sources;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.patterns = patterns;
    }

    @Override
    public void add(SchemaNode node, JsonValue value, Conjunction all) {
        SchemaNode rest = lanes.child(node, Keyword.UNEVALUATED_PROPERTIES);
        if (rest == null || Boolean.TRUE.equals(rest.always())) {
            return;
        }
        Map<KeySet, Set<Integer>> evaluated = new LinkedHashMap<>();
        own(node, evaluated);
        nested(node, evaluated);
        all.add(new Demand(node, evaluated, rest));
    }

    /** The demand of one schema. */
    private final class Demand implements ObjectDemands.Unevaluated {

        private final SchemaNode holder;
        /** Sets of keys, each with guards: they are evaluated if one holds. */
        private final Map<KeySet, Set<Integer>> evaluated;

        private final SchemaNode rest;

        Demand(SchemaNode holder, Map<KeySet, Set<Integer>> evaluated, SchemaNode rest) {
            this.holder = holder;
            this.evaluated = evaluated;
            this.rest = rest;
        }

        @Override
        public ObjectDemands.Unevaluated decided(BitSet yes, BitSet no) {
            Map<Integer, Integer> decided = new HashMap<>();
            Map<KeySet, Set<Integer>> left = new LinkedHashMap<>();
            evaluated.forEach((keys, guards) -> guards.forEach(guard ->
                    add(left, keys, decided.computeIfAbsent(guard, whole -> guardOnce(whole, yes, no)))));
            return new Demand(holder, left, rest);
        }

        @Override
        public BitSet support() {
            Set<Integer> distinct = new HashSet<>();
            evaluated.values().forEach(distinct::addAll);
            BitSet all = new BitSet();
            distinct.forEach(guard -> all.or(diagrams.support(guard)));
            return all;
        }

        @Override
        public List<Integer> truths() {
            return demands(evaluated, rest);
        }

        @Override
        public Place place() {
            SchemaNode keyword = lanes.child(holder, Keyword.UNEVALUATED_PROPERTIES);
            return lanes.place(keyword == null ? holder : keyword);
        }
    }

    /** A guard once some atoms are true, and others false. */
    private int guardOnce(int guard, BitSet yes, BitSet no) {
        Units units = diagrams.units(guard);
        boolean isDead = units.barred().intersects(yes) || units.wanted().intersects(no);
        return isDead ? Diagrams.DEAD : diagrams.restrictAll(guard, yes, no);
    }

    /** The keys that a schema evaluates when it holds, each set with guards, of which one must hold. */
    private Map<KeySet, Set<Integer>> evaluated(SchemaNode node) {
        Map<KeySet, Set<Integer>> done = known.get(node);
        if (done == null) {
            done = new LinkedHashMap<>();
            if (node.get(Keyword.UNEVALUATED_PROPERTIES) != null && !lanes.hidesSiblings(node)) {
                add(done, KeySet.ALL, Diagrams.ZERO);
            } else {
                own(node, done);
                nested(node, done);
            }
            known.put(node, done);
        }
        return done;
    }

    private void own(SchemaNode node, Map<KeySet, Set<Integer>> evaluated) {
        if (lanes.hidesSiblings(node)) {
            return;
        }
        if (node.get(Keyword.ADDITIONAL_PROPERTIES) != null) {
            add(evaluated, KeySet.ALL, Diagrams.ZERO);
            return;
        }
        lanes.named(node, Keyword.PROPERTIES)
                .keySet()
                .forEach(name -> add(evaluated, new KeySet.Name(name), Diagrams.ZERO));
        lanes.named(node, Keyword.PATTERN_PROPERTIES).keySet().forEach(pattern -> {
            Patterns.Pattern searched = patterns.search(pattern);
            if (searched.isExact() && !searched.automaton(patterns.budget()).isEmpty()) {
                add(evaluated, new KeySet.Matching(searched.automaton(patterns.budget())), Diagrams.ZERO);
            }
        });
    }

    private void nested(SchemaNode node, Map<KeySet, Set<Integer>> into) {
        for (Source source : sources.of(node, JsonType.OBJECT)) {
            Map<Integer, Integer> both = new HashMap<>();
            formulas.deep(() -> evaluated(source.schema()))
                    .forEach((keys, guards) -> guards.forEach(guard ->
                            add(into, keys, both.computeIfAbsent(guard, own -> diagrams.and(source.guard(), own)))));
        }
    }

    /** Adds a guard of some keys. */
    private static void add(Map<KeySet, Set<Integer>> evaluated, KeySet keys, int guard) {
        if (guard == Diagrams.ZERO) {
            evaluated.put(keys, Set.of(guard));
        } else if (guard != Diagrams.DEAD) {
            Set<Integer> guards = evaluated.computeIfAbsent(keys, k -> new LinkedHashSet<>());
            if (!guards.contains(Diagrams.ZERO)) {
                guards.add(guard);
            }
        }
    }

    /**
     * The demands that all keys are evaluated or good: one for each class of keys.
     *
     * @param evaluated the keys that are evaluated, each set with its guards
     */
    private List<Integer> demands(Map<KeySet, Set<Integer>> evaluated, SchemaNode rest) {
        Map<Set<Integer>, Integer> united = new HashMap<>();
        int whole = any(evaluated.getOrDefault(KeySet.ALL, Set.of()), united);
        if (whole == Diagrams.ZERO) {
            return List.of();
        }
        Map<String, Integer> names = new LinkedHashMap<>();
        Map<CharacterAutomaton, Integer> matching = new LinkedHashMap<>();
        evaluated.forEach((keys, guards) -> {
            if (keys instanceof KeySet.Name name) {
                names.put(name.name(), any(guards, united));
            } else if (keys instanceof KeySet.Matching some) {
                matching.put(some.automaton(), any(guards, united));
            }
        });
        matching.forEach((automaton, guard) ->
                names.replaceAll((name, other) -> automaton.run(name) >= 0 ? diagrams.or(other, guard) : other));
        List<Integer> demands = new ArrayList<>();
        names.forEach((name, guard) -> demand(demands, diagrams.or(whole, guard), new KeySet.Name(name), rest));
        KeySet others = new KeySet.Except(new LinkedHashSet<>(names.keySet()), List.copyOf(matching.keySet()));
        demand(demands, whole, others, rest);
        classes(names.keySet(), matching)
                .forEach((guard, keys) -> demand(demands, diagrams.or(whole, guard), keys, rest));
        return demands;
    }

    private int any(Set<Integer> guards, Map<Set<Integer>, Integer> united) {
        return united.computeIfAbsent(
                guards,
                some -> diagrams.or(some.stream().mapToInt(guard -> guard).toArray()));
    }

    private void demand(List<Integer> demands, int guard, KeySet keys, SchemaNode rest) {
        if (guard != Diagrams.ZERO) {
            demands.add(diagrams.or(guard, objects.every(keys, rest)));
        }
    }

    /** The keys without a name of their own that some pattern matches, by the condition under which they are evaluated. */
    private Map<Integer, KeySet> classes(Set<String> names, Map<CharacterAutomaton, Integer> matching) {
        List<CharacterAutomaton> automata = new ArrayList<>(matching.keySet());
        int[] guards = automata.stream().mapToInt(matching::get).toArray();
        boolean named = !names.isEmpty();
        if (automata.isEmpty()) {
            return Map.of();
        }
        if (named) {
            automata.add(CharacterAutomatonBuilder.words(List.copyOf(names), patterns.budget()));
        }
        List<Integer> conditions = new ArrayList<>();
        CharacterAutomaton all = CharacterAutomatonBuilder.product(
                automata,
                outcomes -> {
                    int guard = Diagrams.DEAD;
                    for (int i = 0; i < guards.length; i++) {
                        guard = outcomes[i] >= 0 ? diagrams.or(guard, guards[i]) : guard;
                    }
                    boolean apart = named && outcomes[guards.length] >= 0;
                    return apart || guard == Diagrams.DEAD ? CharacterAutomaton.NONE : index(conditions, guard);
                },
                patterns.budget());
        Map<Integer, KeySet> classes = new LinkedHashMap<>();
        for (int i = 0; i < conditions.size(); i++) {
            int wanted = i;
            CharacterAutomaton one = CharacterAutomatonBuilder.product(
                    List.of(all), outcomes -> outcomes[0] == wanted ? 0 : CharacterAutomaton.NONE, patterns.budget());
            classes.put(conditions.get(i), new KeySet.Matching(one));
        }
        return classes;
    }

    private static int index(List<Integer> list, int value) {
        int at = list.indexOf(value);
        if (at < 0) {
            list.add(value);
        }
        return at < 0 ? list.size() - 1 : at;
    }
}
