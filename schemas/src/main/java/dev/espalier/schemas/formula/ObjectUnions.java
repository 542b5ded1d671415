// SPDX-License-Identifier: Apache-2.0
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
 * A builder of diagrams for unions of many objects that stay small. Conjunctions with common atoms, in different places, make a diagram
 * that must remember which of them are still possible: 2<sup>n</sup> subsets. If a key discriminates between them, its value is tested
 * first, and only one of them stays possible.
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

    /** The share of all nodes, as a divisor, that a union may take before it is written by a key. */
    private static final int SHARE = 512;

    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Disjointness disjointness;
    private final int patience;
    private final ObjectCases cases;
    private final Set<Integer> large = new HashSet<>();
    /** By truth, the alternatives whose hits it counts. */
    private final Map<Integer, int[]> counted = new HashMap<>();
    /** By truth, the union as which it was written, with the demands beside it. */
    private final Map<Integer, Written> written = new HashMap<>();

    /** A union of truths, and the demands beside it. */
    private record Written(int[] parts, int[] beside) {}

    /**
     * @param most the nodes that there may be
     */
    ObjectUnions(Diagrams diagrams, Atoms atoms, Disjointness disjointness, int most) {
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.disjointness = disjointness;
        this.patience = Math.max(1, most / SHARE);
        this.cases = new ObjectCases(diagrams, atoms, disjointness, this::madeOf, patience, most);
    }

    /** The conjunction of some demands on objects. */
    int and(ObjectDemands demands) {
        int plain = cases.plain(demands);
        if (plain == Diagrams.UNKNOWN) {
            int written = cases.and(demands);
            large.add(written);
            return written;
        }
        if (plain != Diagrams.DEAD) {
            note(plain, demands.all());
        }
        return plain;
    }

    /** Whether a truth is a conjunction of demands that had to be written in another way than they come. */
    public boolean isLarge(int truth) {
        return large.contains(truth);
    }

    /** Records that a truth is that exactly one of some others holds. */
    void noteOne(int truth, int[] alternatives) {
        counted.putIfAbsent(truth, alternatives);
    }

    /** The truths that a truth was made of; the truth alone where nothing is known of it. */
    private int[] madeOf(int truth) {
        Written union = written.get(truth);
        return union == null ? counted.getOrDefault(truth, new int[] {truth}) : concatenated(union.parts, union.beside);
    }

    /** The disjunction of some truths about objects. */
    int or(int[] parts) {
        int plain = diagrams.within(patience, () -> diagrams.or(parts));
        int union = plain != Diagrams.UNKNOWN ? plain : apart(parts);
        if (parts.length > 1) {
            written.putIfAbsent(union, new Written(parts, new int[0]));
        }
        return union;
    }

    /** Records that a truth is the conjunction of some demands. */
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

    /** The parts of the union as which a truth was written; none if it was not written as a union, or is one of the parts. */
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

    /** True if one key provably discriminates between all of some truths. */
    boolean areApart(int[] parts) {
        for (Map<Integer, List<Integer>> groups : groups(parts).values()) {
            Map<Integer, List<Integer>> own = distinct(groups);
            if (own.size() == parts.length && own.values().stream().allMatch(group -> group.size() == 1)) {
                return true;
            }
        }
        return false;
    }

    /** The union written by the key that discriminates between most of its parts; other parts are united as they are. */
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
        int[] numbers = atoms.early(telling);
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
            chain = diagrams.choose(diagrams.variable(numbers[i]), chain, or(good));
        }
        int[] others = Arrays.stream(parts).filter(part -> !told.contains(part)).toArray();
        return others.length == 0 ? chain : diagrams.or(chain, or(others));
    }

    /** By key, the parts with a demand on its value, grouped by the atom that negates the demand. */
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

    /** The groups whose values no other group allows. */
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
