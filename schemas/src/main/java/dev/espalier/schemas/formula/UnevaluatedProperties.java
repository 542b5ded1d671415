// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.pattern.Patterns;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
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
    private final Map<SchemaNode, Map<KeySet, Integer>> known = new HashMap<>();

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
        Map<KeySet, Integer> evaluated = new LinkedHashMap<>();
        own(node, evaluated);
        nested(node, evaluated);
        all.add(new Unevaluated(this, node, evaluated, rest));
    }

    /** Where the keyword of a schema stands. */
    Place place(SchemaNode node) {
        SchemaNode keyword = lanes.child(node, Keyword.UNEVALUATED_PROPERTIES);
        return lanes.place(keyword == null ? node : keyword);
    }

    /** The conditions under which keys are evaluated, once some atoms have a truth value. */
    Map<KeySet, Integer> decided(Map<KeySet, Integer> evaluated, BitSet yes, BitSet no) {
        Map<KeySet, Integer> left = new LinkedHashMap<>();
        evaluated.forEach((keys, guard) -> left.put(keys, diagrams.restrictAll(guard, yes, no)));
        return left;
    }

    /** The atoms that conditions depend on. */
    BitSet support(Map<KeySet, Integer> evaluated) {
        BitSet all = new BitSet();
        evaluated.values().forEach(guard -> all.or(diagrams.support(guard)));
        return all;
    }

    /** The keys that a schema evaluates when it holds, each set with a further condition. */
    private Map<KeySet, Integer> evaluated(SchemaNode node) {
        Map<KeySet, Integer> done = known.get(node);
        if (done == null) {
            done = new LinkedHashMap<>();
            if (node.get(Keyword.UNEVALUATED_PROPERTIES) != null && !lanes.hidesSiblings(node)) {
                done.put(KeySet.ALL, Diagrams.ZERO);
            } else {
                own(node, done);
                nested(node, done);
            }
            known.put(node, done);
        }
        return done;
    }

    private void own(SchemaNode node, Map<KeySet, Integer> evaluated) {
        if (lanes.hidesSiblings(node)) {
            return;
        }
        if (node.get(Keyword.ADDITIONAL_PROPERTIES) != null) {
            evaluated.put(KeySet.ALL, Diagrams.ZERO);
            return;
        }
        lanes.named(node, Keyword.PROPERTIES)
                .keySet()
                .forEach(name -> evaluated.put(new KeySet.Name(name), Diagrams.ZERO));
        lanes.named(node, Keyword.PATTERN_PROPERTIES).keySet().forEach(pattern -> {
            Patterns.Pattern searched = patterns.search(pattern);
            if (searched.isExact() && !searched.automaton().isEmpty()) {
                evaluated.put(new KeySet.Matching(searched.automaton()), Diagrams.ZERO);
            }
        });
    }

    private void nested(SchemaNode node, Map<KeySet, Integer> into) {
        for (Source source : sources.of(node, JsonType.OBJECT)) {
            formulas.deep(() -> evaluated(source.schema()))
                    .forEach((keys, guard) -> into.merge(keys, diagrams.and(source.guard(), guard), diagrams::or));
        }
    }

    /**
     * The demands that all keys are evaluated or good: one for each class of keys.
     *
     * @param evaluated the keys that are evaluated, each set with its condition
     */
    List<Integer> demands(Map<KeySet, Integer> evaluated, SchemaNode rest) {
        int whole = evaluated.getOrDefault(KeySet.ALL, Diagrams.DEAD);
        if (whole == Diagrams.ZERO) {
            return List.of();
        }
        Map<String, Integer> names = new LinkedHashMap<>();
        Map<CharacterAutomaton, Integer> matching = new LinkedHashMap<>();
        evaluated.forEach((keys, guard) -> {
            if (keys instanceof KeySet.Matching some && guard != Diagrams.DEAD) {
                matching.put(some.automaton(), guard);
            }
        });
        evaluated.forEach((keys, guard) -> {
            if (keys instanceof KeySet.Name name) {
                int some = guard;
                for (Map.Entry<CharacterAutomaton, Integer> pattern : matching.entrySet()) {
                    some = pattern.getKey().run(name.name()) >= 0 ? diagrams.or(some, pattern.getValue()) : some;
                }
                if (some != Diagrams.DEAD) {
                    names.put(name.name(), some);
                }
            }
        });
        List<Integer> demands = new ArrayList<>();
        names.forEach((name, guard) -> demand(demands, diagrams.or(whole, guard), new KeySet.Name(name), rest));
        KeySet others = new KeySet.Except(new LinkedHashSet<>(names.keySet()), List.copyOf(matching.keySet()));
        demand(demands, whole, others, rest);
        classes(names.keySet(), matching)
                .forEach((guard, keys) -> demand(demands, diagrams.or(whole, guard), keys, rest));
        return demands;
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
