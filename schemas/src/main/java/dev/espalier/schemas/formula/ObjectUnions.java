package dev.espalier.schemas.formula;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.diagram.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes unions of many objects as diagrams that stay small. Conjunctions that have some atoms in common, in different places,
 * make a diagram that remembers which of them are still possible: 2<sup>n</sup> subsets. Where a key tells them apart, its
 * value is looked at first: only one of them is possible then.
 *
 * <pre>
 * kind = a and bad(x) ...  or  kind = b and bad(x) ...   =   kind = a ? (bad(x) ...) : kind = b ? (bad(x) ...) : ...
 * </pre>
 *
 * <p>The right side is no union if both are "true", which no object makes them: the key comes once, and no value is good for
 * both.
 */
@FastPath(oracle = "LateErrorsTest")
public final class ObjectUnions {

    /** The part of all nodes that a union may take before it is written otherwise. */
    private static final int SHARE = 512;

    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Disjointness disjointness;
    private final int patience;
    /** What was written as a union of truths, or as one beside other demands. */
    private final Map<Integer, Written> written = new HashMap<>();

    /** A union of truths, and what is asked beside it. */
    private record Written(int[] parts, int[] beside) {}

    /**
     * @param most the nodes that there may be
     */
    ObjectUnions(Diagrams diagrams, Atoms atoms, Disjointness disjointness, int most) {
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.disjointness = disjointness;
        this.patience = Math.max(1, most / SHARE);
    }

    /** Any of some truths about objects. */
    int or(int[] parts) {
        int plain = diagrams.within(patience, () -> diagrams.or(parts));
        int union = plain != Diagrams.UNKNOWN ? plain : apart(parts);
        if (parts.length > 1) {
            written.putIfAbsent(union, new Written(parts, new int[0]));
        }
        return union;
    }

    /** Notes that a truth was made of some that must all hold. */
    void note(int all, int[] demands) {
        for (int i = 0; i < demands.length; i++) {
            Written union = written.get(demands[i]);
            if (union != null && all != demands[i]) {
                int skipped = i;
                int[] beside = IntStream.range(0, demands.length)
                        .filter(k -> k != skipped)
                        .map(k -> demands[k])
                        .toArray();
                written.putIfAbsent(all, new Written(union.parts, concatenated(beside, union.beside)));
            }
        }
    }

    private static int[] concatenated(int[] one, int[] other) {
        return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }

    /** The truths of which one was written as the union; none if it was not, or is one of them. */
    public List<Integer> partsOf(int truth) {
        Written union = written.get(truth);
        if (union == null) {
            return List.of();
        }
        Set<Integer> parts = new LinkedHashSet<>();
        for (int part : union.parts) {
            int[] demands = concatenated(new int[] {part}, union.beside);
            int all = diagrams.and(demands);
            if (all != Diagrams.DEAD) {
                note(all, demands);
                parts.add(all);
            }
        }
        return parts.contains(truth) ? List.of() : List.copyOf(parts);
    }

    /** Whether one key tells all of some truths apart; what it cannot see may still be so. */
    boolean areApart(int[] parts) {
        for (Map<Integer, List<Integer>> groups : groups(parts).values()) {
            Map<Integer, List<Integer>> own = distinct(groups);
            if (own.size() == parts.length && own.values().stream().allMatch(group -> group.size() == 1)) {
                return true;
            }
        }
        return false;
    }

    /** The union by the key that tells most of its parts apart; what no key tells apart is united as it is. */
    private int apart(int[] parts) {
        Map<Integer, List<Integer>> best = Map.of();
        for (Map<Integer, List<Integer>> groups : groups(parts).values()) {
            Map<Integer, List<Integer>> own = distinct(groups);
            best = own.size() > best.size() ? own : best;
        }
        if (best.size() < 2 || best.size() > atoms.earlyLeft()) {
            return diagrams.or(parts);
        }
        List<Atom> telling = new ArrayList<>();
        best.keySet().forEach(bad -> telling.add(atoms.get(bad)));
        int first = atoms.first(telling);
        int number = first + best.size();
        int chain = Diagrams.DEAD;
        Set<Integer> told = new HashSet<>();
        List<Integer> keys = new ArrayList<>(best.keySet());
        for (int i = keys.size() - 1; i >= 0; i--) {
            int bad = keys.get(i);
            List<Integer> group = best.getOrDefault(bad, List.of());
            told.addAll(group);
            int[] good = group.stream()
                    .mapToInt(part -> diagrams.restrict(part, bad, false))
                    .toArray();
            chain = diagrams.choose(diagrams.variable(--number), chain, or(good));
        }
        int[] others = Arrays.stream(parts).filter(part -> !told.contains(part)).toArray();
        return others.length == 0 ? chain : diagrams.or(chain, or(others));
    }

    /** By key, the parts that ask something of it, by the atom that says that it is not so. */
    private Map<String, Map<Integer, List<Integer>>> groups(int[] parts) {
        Map<String, Map<Integer, List<Integer>>> groups = new LinkedHashMap<>();
        for (int part : parts) {
            Units units = diagrams.units(part);
            for (int atom = units.barred().next(0);
                    atom >= 0;
                    atom = units.barred().next(atom + 1)) {
                if (atoms.get(atom) instanceof Atom.Members members
                        && members.keys() instanceof KeySet.Name name
                        && members.lane() != Atom.ANY_VALUE
                        && !members.verdict()
                        && members.n() == 1
                        && isWanted(units, name.name())) {
                    groups.computeIfAbsent(name.name(), key -> new LinkedHashMap<>())
                            .computeIfAbsent(atom, key -> new ArrayList<>())
                            .add(part);
                }
            }
        }
        return groups;
    }

    private boolean isWanted(Units units, String key) {
        int has = atoms.has(key);
        return units.wanted().has(diagrams.top(has));
    }

    /** Those of some groups whose values no other of them allows. */
    private Map<Integer, List<Integer>> distinct(Map<Integer, List<Integer>> groups) {
        Map<Integer, List<Integer>> own = new LinkedHashMap<>();
        Set<String> words = new HashSet<>();
        groups.forEach((bad, parts) -> {
            Set<String> some = disjointness.words(atoms.lane(bad));
            if (!some.isEmpty() && some.stream().noneMatch(words::contains)) {
                words.addAll(some);
                own.put(bad, parts);
            }
        });
        return own;
    }
}
