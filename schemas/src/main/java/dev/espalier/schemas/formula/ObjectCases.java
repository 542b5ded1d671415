// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.AtomOrder;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.diagram.Diagrams;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A builder of diagrams for demands on objects that depend on which of many alternatives hold. As they come, their diagram may remember
 * each set of alternatives: 2<sup>n</sup>. So they are written by a key with constants, whose value is tested first and settles most of
 * the demands; and where no key helps, by an order of the atoms in which demands that look at the same come close to each other.
 *
 * <pre>
 * kind = a ? (what a allows) : kind = b ? (what b allows) : ...          a1 b1 p1 q1   a2 b2 p2 q2   ...
 * </pre>
 */
@FastPath(oracle = "EvaluatedAlternativesTest")
final class ObjectCases {

    /** The share of all nodes, as a divisor, that a diagram may take in the best order that is known. */
    private static final int SHARE = 16;

    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Disjointness disjointness;
    private final IntFunction<int[]> alternatives;
    private final int patience;
    private final int most;

    /**
     * @param alternatives by truth, those that it is made of; the truth alone if it is made of none
     * @param patience the nodes that demands may take before they are written in another way
     * @param nodes the nodes that there may be
     */
    ObjectCases(
            Diagrams diagrams,
            Atoms atoms,
            Disjointness disjointness,
            IntFunction<int[]> alternatives,
            int patience,
            int nodes) {
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.disjointness = disjointness;
        this.alternatives = alternatives;
        this.patience = patience;
        this.most = Math.max(1, nodes / SHARE);
    }

    /** The conjunction of some demands if it takes few nodes; else {@link Diagrams#UNKNOWN}. */
    int plain(ObjectDemands demands) {
        return diagrams.within(patience, () -> diagrams.and(demands.all()));
    }

    /** The conjunction of some demands, whose diagram would be large. */
    int and(ObjectDemands demands) {
        return and(demands, new BitSet(), new BitSet());
    }

    /** The conjunction of some demands, where some atoms are known to be true, and others false. */
    private int and(ObjectDemands demands, BitSet knownYes, BitSet knownNo) {
        ObjectDemands left = demands;
        BitSet yes = new BitSet();
        BitSet no = new BitSet();
        while (true) {
            BitSet wanted = left.units(true);
            BitSet barred = left.units(false);
            if (left.isDead() || wanted.intersects(barred)) {
                return Diagrams.DEAD;
            }
            if (wanted.isEmpty() && barred.isEmpty()) {
                break;
            }
            yes.or(wanted);
            no.or(barred);
            left = left.decided(wanted, barred);
        }
        List<Integer> all = new ArrayList<>();
        yes.stream().forEach(atom -> all.add(diagrams.variable(atom)));
        no.stream().forEach(atom -> all.add(diagrams.not(diagrams.variable(atom))));
        yes.or(knownYes);
        no.or(knownNo);
        all.add(undecided(left, yes, no));
        return diagrams.and(all.stream().mapToInt(truth -> truth).toArray());
    }

    private int undecided(ObjectDemands demands, BitSet yes, BitSet no) {
        int plain = plain(demands);
        int small = plain != Diagrams.UNKNOWN ? plain : ordered(demands, patience);
        if (small != Diagrams.UNKNOWN) {
            return small;
        }
        TellingKey key = TellingKey.of(atoms, disjointness, demands.support(), yes, no);
        int large = key == null ? ordered(demands, most) : new Cases(demands, key, yes, no).truth();
        if (large == Diagrams.UNKNOWN) {
            throw tooLarge(demands.unevaluated().get(0).place());
        }
        return large;
    }

    /** Demands by the value of a key. */
    private final class Cases {

        private final ObjectDemands demands;
        private final TellingKey key;
        private final BitSet yes;
        private final BitSet no;
        private final int[] numbers;

        Cases(ObjectDemands demands, TellingKey key, BitSet yes, BitSet no) {
            this.demands = demands;
            this.key = key;
            this.yes = yes;
            this.no = no;
            List<Atom> tests = new ArrayList<>();
            tests.add(key.has());
            key.lanes().forEach(lane -> tests.add(key.isBad(lane)));
            this.numbers = atoms.early(tests);
        }

        int truth() {
            int absent = key.mayBeAbsent() ? some(new BitSet(), key.atoms()) : Diagrams.DEAD;
            return diagrams.choose(diagrams.variable(numbers[0]), present(key.values(), 0), absent);
        }

        /**
         * The demands if the key is there.
         *
         * @param values the values that it may have
         * @param from the first schema that may tell them apart
         */
        private int present(BitSet values, int from) {
            List<Integer> good = new ArrayList<>();
            List<Integer> tested = new ArrayList<>();
            BitSet left = values;
            for (int lane = from; lane < key.lanes().size(); lane++) {
                BitSet both = key.good(key.lanes().get(lane), left);
                if (!both.isEmpty() && !both.equals(left)) {
                    good.add(present(both, lane + 1));
                    tested.add(numbers[lane + 1]);
                    left = (BitSet) left.clone();
                    left.andNot(both);
                }
            }
            int chain = left.isEmpty() ? Diagrams.DEAD : some(key.decided(left, true), key.decided(left, false));
            for (int i = tested.size() - 1; i >= 0; i--) {
                chain = diagrams.choose(diagrams.variable(tested.get(i)), chain, good.get(i));
            }
            return chain;
        }

        private int some(BitSet more, BitSet less) {
            BitSet allYes = (BitSet) yes.clone();
            allYes.or(more);
            BitSet allNo = (BitSet) no.clone();
            allNo.or(less);
            return diagrams.restrictAll(and(demands.decided(more, less), allYes, allNo), more, less);
        }
    }

    /**
     * The demands over other numbers of their atoms, in an order in which those stand together that demands have in common. Demands that
     * have nothing in common are in blocks of their own.
     *
     * @return {@link Diagrams#UNKNOWN} if a block takes too many nodes
     */
    private int ordered(ObjectDemands demands, int nodes) {
        List<int[]> truths = new ArrayList<>();
        int made = diagrams.within(nodes, () -> {
            truths.add(demands.all());
            return Diagrams.ZERO;
        });
        if (made == Diagrams.UNKNOWN) {
            return made;
        }
        List<Integer> blocks = new ArrayList<>();
        for (List<Integer> block : blocks(truths.get(0))) {
            List<BitSet> sets = new ArrayList<>();
            for (int truth : block) {
                for (int part : alternatives.apply(truth)) {
                    sets.add(diagrams.support(part));
                }
                sets.add(diagrams.support(truth));
            }
            int[] renamed = atoms.again(AtomOrder.of(sets, diagrams::tick));
            int all = diagrams.within(
                    nodes,
                    () -> diagrams.and(block.stream()
                            .mapToInt(truth -> diagrams.renamed(truth, atom -> renamed[atom]))
                            .toArray()));
            if (all == Diagrams.UNKNOWN) {
                return all;
            }
            blocks.add(all);
        }
        return diagrams.and(blocks.stream().mapToInt(block -> block).toArray());
    }

    /** Truths in blocks that have no atoms in common. */
    private Collection<List<Integer>> blocks(int[] truths) {
        int[] parent = IntStream.range(0, truths.length).toArray();
        Map<Integer, Integer> first = new HashMap<>();
        for (int i = 0; i < truths.length; i++) {
            int truth = i;
            diagrams.support(truths[i]).stream()
                    .forEach(atom -> parent[root(parent, truth)] =
                            root(parent, first.computeIfAbsent(atom, a -> root(parent, truth))));
        }
        Map<Integer, List<Integer>> blocks = new LinkedHashMap<>();
        for (int i = 0; i < truths.length; i++) {
            blocks.computeIfAbsent(root(parent, i), b -> new ArrayList<>()).add(truths[i]);
        }
        return blocks.values();
    }

    private static int root(int[] parent, int of) {
        int root = of;
        while (parent[root] != root) {
            parent[root] = parent[parent[root]];
            root = parent[root];
        }
        return root;
    }

    private LimitExceededException tooLarge(Place place) {
        long bound = (long) most * SHARE;
        return LimitExceededException.at(
                place,
                "maxIrNodes",
                bound,
                bound + 1,
                "no key with constants tells the alternatives beside this unevaluatedProperties apart, and they have names in common: "
                        + "require a key with a const of its own in each, or write additionalProperties: false into each");
    }
}
