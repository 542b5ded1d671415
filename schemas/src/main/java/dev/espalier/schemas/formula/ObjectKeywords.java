// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.string.StringLanguages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The meanings of the keywords for objects. */
final class ObjectKeywords {

    /** The largest allowed ratio of the states of a union to those of its automata. */
    private static final int UNION = 4;

    private final FormulaSource formulas;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Patterns patterns;
    private final Map<SchemaNode, Map<SchemaNode, Collection<CharacterAutomaton>>> patterned = new HashMap<>();

    ObjectKeywords(FormulaSource formulas, Lanes lanes, Diagrams diagrams, Atoms atoms, Patterns patterns) {
        this.formulas = formulas;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.patterns = patterns;
    }

    void properties(SchemaNode schema, JsonValue value, Conjunction all) {
        lanes.named(schema, Keyword.PROPERTIES)
                .forEach((name, lane) -> all.add(JsonType.OBJECT, every(new KeySet.Name(name), lane)));
    }

    void patternProperties(SchemaNode schema, JsonValue value, Conjunction all) {
        patterned(schema)
                .forEach((lane, automata) -> automata.forEach(
                        automaton -> all.add(JsonType.OBJECT, every(new KeySet.Matching(automaton), lane))));
    }

    void additionalProperties(SchemaNode schema, JsonValue value, Conjunction all) {
        SchemaNode rest = lanes.child(schema, Keyword.ADDITIONAL_PROPERTIES);
        if (rest != null) {
            Set<String> names = lanes.named(schema, Keyword.PROPERTIES).keySet();
            List<CharacterAutomaton> automata = new ArrayList<>();
            patterned(schema).values().forEach(automata::addAll);
            all.add(JsonType.OBJECT, every(new KeySet.Except(Set.copyOf(names), automata), rest));
        }
    }

    void required(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.OBJECT, has((JsonValue.Items) value));
    }

    void minProperties(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.OBJECT, atoms.members(Meaning.count(value), KeySet.ALL));
    }

    void maxProperties(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.OBJECT, diagrams.not(atoms.members(Meaning.count(value) + 1, KeySet.ALL)));
    }

    void dependentRequired(SchemaNode schema, JsonValue value, Conjunction all) {
        ((JsonValue.Members) value).members().forEach((name, names) -> {
            all.add(JsonType.OBJECT, implied(atoms.has(name), has((JsonValue.Items) names)));
        });
    }

    void dependentSchemas(SchemaNode schema, JsonValue value, Conjunction all) {
        lanes.named(schema, Keyword.DEPENDENT_SCHEMAS).forEach((name, lane) -> {
            all.add(JsonType.OBJECT, implied(atoms.has(name), of(lane)));
        });
    }

    /** Schemas, and arrays of names. */
    void dependencies(SchemaNode schema, JsonValue value, Conjunction all) {
        Map<String, SchemaNode> schemas = lanes.named(schema, Keyword.DEPENDENCIES);
        ((JsonValue.Members) value).members().forEach((name, member) -> {
            SchemaNode lane = schemas.get(name);
            int then = lane == null ? has((JsonValue.Items) member) : of(lane);
            all.add(JsonType.OBJECT, implied(atoms.has(name), then));
        });
    }

    void propertyNames(SchemaNode schema, JsonValue value, Conjunction all) {
        SchemaNode lane = lanes.child(schema, Keyword.PROPERTY_NAMES);
        if (lane == null) {
            return;
        }
        KeySet wrong = StringLanguages.keys(diagrams, atoms, formulas.ofTexts(lane), false, patterns.budget());
        if (!(wrong instanceof KeySet.Matching matching && matching.automaton().isEmpty())) {
            all.add(JsonType.OBJECT, diagrams.not(atoms.members(1, wrong)));
        }
    }

    void propertyDependencies(SchemaNode schema, JsonValue value, Conjunction all) {
        lanes.applied(schema, Keyword.PROPERTY_DEPENDENCIES).forEach(applied -> {
            all.add(JsonType.OBJECT, implied(condition(schema, applied), of(applied.schema())));
        });
    }

    /** The condition on objects under which a schema is applied because of a member that they have. */
    int condition(SchemaNode holder, Lanes.Applied applied) {
        String value = applied.value();
        return value == null
                ? atoms.has(applied.name())
                : counted(new KeySet.Name(applied.name()), lanes.constant(holder, value), true);
    }

    private int of(SchemaNode lane) {
        return formulas.of(lane).of(JsonType.OBJECT);
    }

    private int implied(int condition, int then) {
        return diagrams.or(diagrams.not(condition), then);
    }

    private int has(JsonValue.Items names) {
        int[] parts = names.items().stream()
                .mapToInt(name -> atoms.has(((JsonValue.Text) name).value()))
                .toArray();
        return diagrams.and(parts);
    }

    /** The patterns of keys by the schema of their values: patterns with one schema are united if the union is small. */
    private Map<SchemaNode, Collection<CharacterAutomaton>> patterned(SchemaNode schema) {
        Map<SchemaNode, Collection<CharacterAutomaton>> known = patterned.get(schema);
        if (known != null) {
            return known;
        }
        Map<SchemaNode, Collection<CharacterAutomaton>> byLane = new LinkedHashMap<>();
        lanes.named(schema, Keyword.PATTERN_PROPERTIES).forEach((pattern, lane) -> {
            Patterns.Pattern searched = patterns.search(pattern);
            if (searched.isExact()) {
                byLane.computeIfAbsent(lanes.target(lane), k -> new LinkedHashSet<>())
                        .add(searched.automaton(patterns.budget()));
            }
        });
        byLane.replaceAll((lane, automata) -> united(automata));
        patterned.put(schema, byLane);
        return byLane;
    }

    /** Automata whose union accepts the same as some automata: a single one, unless it is much larger. */
    private Collection<CharacterAutomaton> united(Collection<CharacterAutomaton> some) {
        if (some.size() == 1) {
            return some;
        }
        List<CharacterAutomaton> parts = List.copyOf(some);
        int states = parts.stream().mapToInt(CharacterAutomaton::states).sum();
        CharacterAutomaton union = CharacterAutomatonBuilder.union(parts, UNION * states, patterns.budget());
        return union == null ? some : List.of(union);
    }

    /** The truth that every member with a key of a set satisfies a lane. */
    int every(KeySet keys, SchemaNode lane) {
        return diagrams.not(counted(keys, lane, false));
    }

    private int counted(KeySet keys, SchemaNode lane, boolean verdict) {
        Boolean always = lane.always();
        if (keys instanceof KeySet.Matching matching && matching.automaton().isEmpty()) {
            return Diagrams.DEAD;
        }
        if (always != null) {
            return always == verdict ? atoms.members(1, keys) : Diagrams.DEAD;
        }
        return atoms.truth(new Atom.Members(1, keys, lanes.target(lane).lane(), verdict));
    }

    /** The truth that an object equals a constant. */
    int constant(SchemaNode holder, JsonValue.Members object) {
        List<Integer> parts = new ArrayList<>();
        object.members().forEach((name, value) -> {
            parts.add(atoms.has(name));
            parts.add(every(new KeySet.Name(name), lanes.constant(holder, value)));
        });
        KeySet others = new KeySet.Except(new HashSet<>(object.members().keySet()), List.of());
        parts.add(diagrams.not(atoms.members(1, others)));
        return diagrams.and(parts.stream().mapToInt(part -> part).toArray());
    }
}
