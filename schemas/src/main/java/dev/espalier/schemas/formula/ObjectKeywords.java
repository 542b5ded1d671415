package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Dialect;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.string.StringLanguages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the keywords of objects say. */
final class ObjectKeywords {

    /** A union of automata has at most so many times as many states as they. */
    private static final int UNION = 4;

    private final Formulas formulas;
    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Patterns patterns;

    ObjectKeywords(Formulas formulas, Lanes lanes, Diagrams diagrams, Atoms atoms, Patterns patterns) {
        this.formulas = formulas;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.patterns = patterns;
    }

    void add(SchemaNode node, Conjunction all) {
        members(node, all);
        if (Formulas.get(node, Keyword.REQUIRED) instanceof JsonValue.Items names) {
            all.add(JsonType.OBJECT, has(names));
        }
        JsonValue count = Formulas.get(node, Keyword.MIN_PROPERTIES);
        if (count != null) {
            all.add(JsonType.OBJECT, atoms.members(Formulas.count(count), KeySet.ALL));
        }
        count = Formulas.get(node, Keyword.MAX_PROPERTIES);
        if (count != null) {
            all.add(JsonType.OBJECT, diagrams.not(atoms.members(Formulas.count(count) + 1, KeySet.ALL)));
        }
        dependencies(node, Keyword.DEPENDENT_REQUIRED, all);
        dependencies(node, Keyword.DEPENDENT_SCHEMAS, all);
        dependencies(node, Keyword.DEPENDENCIES, all);
        names(node, all);
    }

    private int has(JsonValue.Items names) {
        int[] parts = names.items().stream()
                .mapToInt(name -> atoms.has(((JsonValue.Text) name).value()))
                .toArray();
        return diagrams.and(parts);
    }

    private void members(SchemaNode node, Conjunction all) {
        Map<String, SchemaNode> properties = lanes.named(node, Keyword.PROPERTIES);
        properties.forEach((name, lane) -> all.add(JsonType.OBJECT, every(new KeySet.Name(name), lane)));
        List<CharacterAutomaton> automata = new ArrayList<>();
        patterned(node).forEach((lane, alike) -> {
            for (CharacterAutomaton automaton : united(alike)) {
                automata.add(automaton);
                all.add(JsonType.OBJECT, every(new KeySet.Matching(automaton), lane));
            }
        });
        SchemaNode rest = lanes.child(node, Keyword.ADDITIONAL_PROPERTIES);
        if (rest != null) {
            all.add(JsonType.OBJECT, every(new KeySet.Except(Set.copyOf(properties.keySet()), automata), rest));
        }
    }

    /** The patterns of keys, by what is asked of the values: keys that are asked the same are one set. */
    private Map<SchemaNode, Set<CharacterAutomaton>> patterned(SchemaNode node) {
        Map<SchemaNode, Set<CharacterAutomaton>> byLane = new LinkedHashMap<>();
        lanes.named(node, Keyword.PATTERN_PROPERTIES).forEach((pattern, lane) -> {
            Patterns.Pattern searched = patterns.search(pattern);
            if (searched.isExact()) {
                byLane.computeIfAbsent(lanes.target(lane), k -> new LinkedHashSet<>())
                        .add(searched.automaton());
            }
        });
        return byLane;
    }

    /** Automata that together accept what some accept: one, where it is not much larger than they are. */
    private Collection<CharacterAutomaton> united(Set<CharacterAutomaton> some) {
        if (some.size() == 1) {
            return some;
        }
        List<CharacterAutomaton> parts = List.copyOf(some);
        int states = parts.stream().mapToInt(CharacterAutomaton::states).sum();
        CharacterAutomaton union = CharacterAutomatonBuilder.union(parts, UNION * states, patterns.budget());
        return union == null ? some : List.of(union);
    }

    /** Every member with a key of a set has a value that a lane is good for. */
    int every(KeySet keys, SchemaNode lane) {
        return diagrams.not(counted(keys, lane, false));
    }

    private int counted(KeySet keys, SchemaNode lane, boolean verdict) {
        Boolean always = always(lane);
        if (keys instanceof KeySet.Matching matching && matching.automaton().isEmpty()) {
            return Diagrams.DEAD;
        }
        if (always != null) {
            return always == verdict ? atoms.members(1, keys) : Diagrams.DEAD;
        }
        return atoms.truth(new Atom.Members(1, keys, lanes.target(lane).lane(), verdict));
    }

    /** What a schema says of every value, as far as its text shows at once; null when it depends. */
    static @Nullable Boolean always(SchemaNode lane) {
        if (!lane.isSchema()) {
            return null;
        }
        if (lane.value() instanceof JsonValue.Literal literal) {
            return literal.isTrue();
        }
        Dialect dialect = lane.resource().dialect();
        boolean free = lane.value() instanceof JsonValue.Members object
                && object.members().keySet().stream().allMatch(name -> dialect.keyword(name) == null);
        return free ? Boolean.TRUE : null;
    }

    private void dependencies(SchemaNode node, Keyword keyword, Conjunction all) {
        if (!(Formulas.get(node, keyword) instanceof JsonValue.Members object)) {
            return;
        }
        Map<String, SchemaNode> schemas = keyword == Keyword.DEPENDENT_REQUIRED ? Map.of() : lanes.named(node, keyword);
        object.members().forEach((name, value) -> {
            int has = atoms.has(name);
            if (value instanceof JsonValue.Items names) {
                all.add(JsonType.OBJECT, diagrams.or(diagrams.not(has), has(names)));
                return;
            }
            SchemaNode schema = schemas.get(name);
            if (schema != null) {
                int then = formulas.of(schema).of(JsonType.OBJECT);
                all.add(JsonType.OBJECT, diagrams.or(diagrams.not(has), then));
            }
        });
    }

    private void names(SchemaNode node, Conjunction all) {
        SchemaNode schema = lanes.child(node, Keyword.PROPERTY_NAMES);
        if (schema == null) {
            return;
        }
        KeySet wrong = StringLanguages.keys(diagrams, atoms, formulas.ofTexts(schema), false, patterns.budget());
        if (!(wrong instanceof KeySet.Matching matching && matching.automaton().isEmpty())) {
            all.add(JsonType.OBJECT, diagrams.not(atoms.members(1, wrong)));
        }
    }

    /** The objects that equal a constant. */
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
