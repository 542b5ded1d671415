// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.KeySet;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A key whose values are looked at by schemas that allow constants only, such as {@code type}: its value decides which of them hold.
 * Constants are numbered; the number behind the last stands for all other values.
 */
final class TellingKey {

    /** The greatest number of constants. */
    private static final int MAX_CONSTANTS = 2000;

    private final KeySet.Name name;
    private final Atoms all;
    /** The atoms that look at the key alone. */
    private final BitSet atoms;
    /** By schema, the constants that it allows. */
    private final TreeMap<Integer, BitSet> good = new TreeMap<>();

    private final List<Integer> lanes;
    private final BitSet values = new BitSet();
    private boolean mayBeAbsent = true;

    private TellingKey(KeySet.Name name, Atoms all, BitSet atoms, Map<Integer, Set<Object>> constants) {
        this.name = name;
        this.all = all;
        this.atoms = atoms;
        Map<Object, Integer> index = new HashMap<>();
        constants.forEach((lane, some) -> {
            BitSet set = new BitSet();
            some.forEach(value -> set.set(index.computeIfAbsent(value, v -> index.size())));
            good.put(lane, set);
        });
        this.lanes = List.copyOf(good.keySet());
        values.set(0, index.size() + 1);
    }

    /**
     * The key that tells most.
     *
     * @param open the atoms that are not decided
     * @param yes atoms that are true
     * @param no atoms that are false
     * @return null if no key is looked at by two schemas
     */
    static @Nullable TellingKey of(Atoms atoms, Disjointness disjointness, BitSet open, BitSet yes, BitSet no) {
        BitSet looked = (BitSet) open.clone();
        looked.or(yes);
        looked.or(no);
        Map<KeySet.Name, BitSet> own = new LinkedHashMap<>();
        Map<KeySet.Name, Map<Integer, Set<Object>>> constants = new LinkedHashMap<>();
        Map<KeySet.Name, BitSet> told = new LinkedHashMap<>();
        looked.stream().forEach(atom -> {
            if (atoms.get(atom) instanceof Atom.Members members
                    && members.n() == 1
                    && members.keys() instanceof KeySet.Name name) {
                own.computeIfAbsent(name, n -> new BitSet()).set(atom);
                Set<Object> some = members.lane() == Atom.ANY_VALUE ? Set.of() : disjointness.constants(members.lane());
                if (!some.isEmpty()) {
                    constants.computeIfAbsent(name, n -> new TreeMap<>()).put(members.lane(), some);
                    told.computeIfAbsent(name, n -> new BitSet()).set(members.lane(), open.get(atom));
                }
            }
        });
        KeySet.@Nullable Name best = null;
        int most = 1;
        for (Map.Entry<KeySet.Name, BitSet> lanes : told.entrySet()) {
            int constantsOf = constants.getOrDefault(lanes.getKey(), Map.of()).values().stream()
                    .mapToInt(Set::size)
                    .sum();
            if (lanes.getValue().cardinality() > most && constantsOf <= MAX_CONSTANTS) {
                most = lanes.getValue().cardinality();
                best = lanes.getKey();
            }
        }
        if (best == null) {
            return null;
        }
        TellingKey key = new TellingKey(
                best, atoms, own.getOrDefault(best, new BitSet()), constants.getOrDefault(best, Map.of()));
        yes.stream().forEach(atom -> key.know(atom, true));
        no.stream().forEach(atom -> key.know(atom, false));
        return key;
    }

    private void know(int atom, boolean value) {
        if (!atoms.get(atom) || !(all.get(atom) instanceof Atom.Members members)) {
            return;
        }
        BitSet some = good.get(members.lane());
        if (value) {
            mayBeAbsent = false;
        } else if (members.lane() == Atom.ANY_VALUE) {
            values.clear();
        }
        if (some != null && value == members.verdict()) {
            values.and(some);
        } else if (some != null) {
            values.andNot(some);
        }
    }

    /** The schemas that tell values apart. */
    List<Integer> lanes() {
        return lanes;
    }

    /** The numbers of the values that the key may have. */
    BitSet values() {
        return values;
    }

    boolean mayBeAbsent() {
        return mayBeAbsent;
    }

    /** The atoms that look at the key alone: all are false where it is absent. */
    BitSet atoms() {
        return atoms;
    }

    /** The atom that the key is there. */
    Atom has() {
        return new Atom.Members(1, name, Atom.ANY_VALUE, true);
    }

    /** The atom that the key's value is not good for a schema. */
    Atom isBad(int lane) {
        return new Atom.Members(1, name, lane, false);
    }

    /** Those of some values that are good for a schema. */
    BitSet good(int lane, BitSet some) {
        BitSet both = (BitSet) some.clone();
        both.and(good.getOrDefault(lane, new BitSet()));
        return both;
    }

    /** The atoms that have a truth value if the key is there and has one of some values. */
    BitSet decided(BitSet some, boolean value) {
        BitSet decided = new BitSet();
        atoms.stream().forEach(atom -> {
            if (all.get(atom) instanceof Atom.Members members) {
                BitSet allowed = good.get(members.lane());
                boolean isAny = members.lane() == Atom.ANY_VALUE;
                boolean isNone = allowed != null && !allowed.intersects(some);
                boolean isAll =
                        isAny || (allowed != null && good(members.lane(), some).equals(some));
                boolean truth = isAll == members.verdict();
                decided.set(atom, (isAll || isNone) && truth == value);
            }
        });
        return decided;
    }
}
