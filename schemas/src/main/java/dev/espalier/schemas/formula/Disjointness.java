// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.collect.Hashing;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.json.JsonType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cheap proofs that two schemas are disjoint: by types, by finite sets of scalars, by a required key with disjoint schemas, by a
 * required key that the other schema forbids. Schemas may be disjoint without a proof.
 */
@FastPath(oracle = "DisjointnessTest")
public final class Disjointness {

    private static final int DEPTH = 3;
    /** The number of pairs of states examined for two languages. */
    private static final int MAX_PAIRS = 2000;

    /** The number of words of one schema that are examined one by one. */
    private static final int MAX_WORDS = 1000;

    private final Lanes lanes;
    private final FormulaSource formulas;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Map<Long, Boolean> known = new HashMap<>();
    private final Map<Integer, Units> units = new HashMap<>();
    private final Map<Integer, Set<String>> words = new HashMap<>();
    private final Map<Integer, Set<Object>> constants = new HashMap<>();
    private final Map<List<Integer>, Boolean> apart = new HashMap<>();

    /** The unit literals of a diagram: atoms that must be true, and atoms that must be false. */
    private record Units(List<Integer> demanded, List<Integer> forbidden) {}

    Disjointness(Lanes lanes, FormulaSource formulas, Diagrams diagrams, Atoms atoms) {
        this.lanes = lanes;
        this.formulas = formulas;
        this.diagrams = diagrams;
        this.atoms = atoms;
    }

    /** Whether two lanes provably have no value in common. */
    public boolean areDisjoint(int first, int second) {
        return areDisjoint(first, second, DEPTH);
    }

    private boolean areDisjoint(int first, int second, int depth) {
        if (first == second || depth == 0) {
            return false;
        }
        if (areApart(lanes.get(first), lanes.get(second), depth)) {
            return true;
        }
        Set<String> some = words(first);
        Set<String> others = words(second);
        if (!some.isEmpty() && !others.isEmpty()) {
            return Collections.disjoint(some, others);
        }
        long pair = ((long) Math.min(first, second) << 34) | ((long) Math.max(first, second) << 2) | depth;
        long key = pair * Hashing.SPREAD;
        Boolean answer = known.get(key);
        if (answer == null) {
            SchemaNode one = lanes.get(first);
            SchemaNode two = lanes.get(second);
            if (one.isOpen() || two.isOpen()) {
                return false;
            }
            answer = areDisjoint(formulas.of(one), formulas.of(two), depth);
            known.put(key, answer);
        }
        return answer;
    }

    /** True if two lanes are disjoint because of their parts. */
    private boolean areApart(SchemaNode one, SchemaNode two, int depth) {
        if (one.kind() != SchemaNode.Kind.ONLY && two.kind() != SchemaNode.Kind.ONLY) {
            return false;
        }
        List<SchemaNode> some = one.kind() == SchemaNode.Kind.ONLY ? one.parts() : List.of(one);
        List<SchemaNode> others = two.kind() == SchemaNode.Kind.ONLY ? two.parts() : List.of(two);
        for (SchemaNode a : some) {
            for (SchemaNode b : others) {
                if (two.excluded().contains(a)
                        || one.excluded().contains(b)
                        || areDisjoint(a.lane(), b.lane(), depth - 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True if each of some lanes allows some strings and nothing else, and no two allow the same one. */
    public boolean areApart(List<Integer> some) {
        Boolean known = apart.get(some);
        if (known == null) {
            known = haveOwnWords(some);
            apart.put(List.copyOf(some), known);
        }
        return known;
    }

    private boolean haveOwnWords(List<Integer> some) {
        Set<String> met = new HashSet<>();
        for (int lane : some) {
            Set<String> own = words(lane);
            int before = met.size();
            met.addAll(own);
            if (own.isEmpty() || met.size() < before + own.size()) {
                return false;
            }
        }
        return true;
    }

    /** The strings of a lane that allows some strings and nothing else; empty for other lanes. */
    Set<String> words(int lane) {
        Set<String> found = words.get(lane);
        if (found == null) {
            SchemaNode node = lanes.get(lane);
            found = node.isOpen() ? Set.of() : words(formulas.of(node));
            words.put(lane, found);
        }
        return found;
    }

    /** The values of a lane that allows some scalar constants and nothing else; empty for other lanes. */
    Set<Object> constants(int lane) {
        Set<Object> found = constants.get(lane);
        if (found == null) {
            SchemaNode node = lanes.target(lanes.get(lane));
            found = !node.isOpen() && hasConstants(node) ? constants(formulas.of(node)) : Set.of();
            constants.put(lane, found);
        }
        return found;
    }

    /** Whether a schema is a constant or says so; others are not looked into. */
    private static boolean hasConstants(SchemaNode node) {
        return node.kind() == SchemaNode.Kind.CONSTANT
                || (node.isSchema() && (node.get(Keyword.CONST) != null || node.get(Keyword.ENUM) != null));
    }

    private Set<Object> constants(Formula formula) {
        Set<Object> found = new HashSet<>();
        for (JsonType type : JsonType.values()) {
            int diagram = formula.of(type);
            if (diagram == Diagrams.DEAD) {
                continue;
            }
            boolean isLiteral = type == JsonType.NULL || type == JsonType.TRUE || type == JsonType.FALSE;
            if (isLiteral && diagram == Diagrams.ZERO) {
                found.add(type);
                continue;
            }
            Collection<?> some = diagram >= 0 && diagram == diagrams.variable(diagrams.top(diagram))
                    ? constants(atoms.get(diagrams.top(diagram)))
                    : List.of();
            if (some.isEmpty()) {
                return Set.of();
            }
            found.addAll(some);
        }
        return Set.copyOf(found);
    }

    private static Collection<?> constants(Atom atom) {
        if (atom instanceof Atom.Text text) {
            List<String> some = text.language().words(MAX_WORDS);
            return some == null ? List.of() : some;
        }
        return atom instanceof Atom.Number number && number.test() instanceof NumberTest.OneOf some
                ? some.values()
                : List.of();
    }

    private Set<String> words(Formula formula) {
        for (JsonType type : JsonType.values()) {
            if (type != JsonType.STRING && formula.of(type) != Diagrams.DEAD) {
                return Set.of();
            }
        }
        for (int atom : units(formula.of(JsonType.STRING)).demanded) {
            List<String> some =
                    atoms.get(atom) instanceof Atom.Text text ? text.language().words(MAX_WORDS) : null;
            if (some != null) {
                return Set.copyOf(some);
            }
        }
        return Set.of();
    }

    private boolean areDisjoint(Formula one, Formula two, int depth) {
        for (JsonType type : JsonType.values()) {
            if (!areDisjoint(type, one.of(type), two.of(type), depth)) {
                return false;
            }
        }
        return true;
    }

    /** True if provably no value of a type makes both of two diagrams true. */
    public boolean areDisjoint(JsonType type, int one, int two) {
        return areDisjoint(type, one, two, DEPTH);
    }

    private boolean areDisjoint(JsonType type, int one, int two, int depth) {
        if (one == Diagrams.DEAD || two == Diagrams.DEAD) {
            return true;
        }
        return switch (type) {
            case STRING -> texts(units(one), units(two));
            case NUMBER -> numbers(units(one), units(two));
            case OBJECT -> objects(units(one), units(two), depth) || objects(units(two), units(one), depth);
            default -> false;
        };
    }

    private Units units(int diagram) {
        return units.computeIfAbsent(diagram, start -> {
            List<Integer> demanded = new ArrayList<>();
            List<Integer> forbidden = new ArrayList<>();
            int at = start;
            while (at >= 0) {
                if (diagrams.branch(at, false) == Diagrams.DEAD) {
                    demanded.add(diagrams.top(at));
                    at = diagrams.branch(at, true);
                } else if (diagrams.branch(at, true) == Diagrams.DEAD) {
                    forbidden.add(diagrams.top(at));
                    at = diagrams.branch(at, false);
                } else {
                    break;
                }
            }
            return new Units(demanded, forbidden);
        });
    }

    private boolean texts(Units one, Units two) {
        for (int a : one.demanded) {
            for (int b : two.demanded) {
                if (a != b
                        && atoms.get(a) instanceof Atom.Text first
                        && atoms.get(b) instanceof Atom.Text second
                        && haveNothingInCommon(first.language(), second.language())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean haveNothingInCommon(CharacterAutomaton one, CharacterAutomaton two) {
        Set<Long> seen = new HashSet<>();
        List<int[]> open = new ArrayList<>();
        open.add(new int[] {0, 0});
        seen.add(0L);
        while (!open.isEmpty()) {
            int[] pair = open.remove(open.size() - 1);
            if (one.outcome(pair[0]) >= 0 && two.outcome(pair[1]) >= 0) {
                return false;
            }
            if (seen.size() > MAX_PAIRS) {
                return false;
            }
            for (int r = one.rangeStart(pair[0]); r < one.rangeEnd(pair[0]); r++) {
                int s = two.rangeFrom(pair[1], one.first(r));
                for (; s < two.rangeEnd(pair[1]) && two.first(s) <= one.last(r); s++) {
                    if (seen.add((long) one.target(r) << 32 | two.target(s))) {
                        open.add(new int[] {one.target(r), two.target(s)});
                    }
                }
            }
        }
        return true;
    }

    private boolean numbers(Units one, Units two) {
        for (int a : one.demanded) {
            for (int b : two.demanded) {
                if (atoms.get(a) instanceof Atom.Number first
                        && atoms.get(b) instanceof Atom.Number second
                        && first.test() instanceof NumberTest.OneOf some
                        && second.test() instanceof NumberTest.OneOf others
                        && Collections.disjoint(some.values(), others.values())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True if a key required by the first has no value allowed by both. */
    private boolean objects(Units one, Units two, int depth) {
        for (int atom : one.demanded) {
            if (!(atoms.get(atom) instanceof Atom.Members members) || !(members.keys() instanceof KeySet.Name name)) {
                continue;
            }
            List<Integer> mine = new ArrayList<>(asked(one, name.name()));
            if (mine.contains(Atom.ANY_VALUE)) {
                return true;
            }
            if (members.lane() != Atom.ANY_VALUE && members.verdict()) {
                mine.add(members.lane());
            }
            for (int theirs : asked(two, name.name())) {
                if (theirs == Atom.ANY_VALUE) {
                    return true;
                }
                for (int lane : mine) {
                    if (areDisjoint(lane, theirs, depth - 1)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The lanes that the value of a key must satisfy; {@link Atom#ANY_VALUE} when the key must not be there. */
    private List<Integer> asked(Units units, String key) {
        List<Integer> asked = new ArrayList<>();
        for (int atom : units.forbidden) {
            if (atoms.get(atom) instanceof Atom.Members members
                    && members.n() == 1
                    && members.keys().contains(key)) {
                if (members.lane() == Atom.ANY_VALUE) {
                    asked.add(Atom.ANY_VALUE);
                } else if (!members.verdict()) {
                    asked.add(members.lane());
                }
            }
        }
        return asked;
    }
}
