// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.work.LateLimits;
import dev.espalier.schemas.work.LimitShare;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A builder of the goal of one member or item. It branches over the lanes that the container's atoms look at, and merges equal cores
 * after each lane.
 */
@FastPath(oracle = "ExactnessTest")
public final class ChildBuilder {

    /** The number of disjoint lanes from which on they are not branched over one by one. */
    private static final int MANY = 8;

    /** The number of lanes that are tried first, to see early if there are too many results. */
    private static final int FEW_LANES = 12;

    /** The weight of a lane at one place against a limit. */
    private static final int LANE_WEIGHT = 480;

    /** Lanes branched over before the depth of recursion is counted. */
    private static final int LEVELS = 16;

    /** The weight of an intermediate core against a limit. */
    private static final int CORE_WEIGHT = 20;

    /** Estimated bytes that a lane takes at one place. */
    private static final int LANE_BYTES = 10_000;

    /** Estimated bytes of an intermediate core. */
    private static final int CORE_BYTES = 1_000;

    /** The number of intermediate cores allowed to {@link #tried}. */
    private static final int FEW_STEPS = 4_000;

    private final ValueLanguage language;
    private final Diagrams diagrams;
    private final BitSet last;
    private final UnaryOperator<Core> leaf;
    private final List<Integer> lanes;
    private final TreeMap<Integer, List<Integer>> byLane = new TreeMap<>();
    private final Map<Core, Integer> ends = new HashMap<>();
    private final List<Core> cores = new ArrayList<>();
    private final List<Map<At, Integer>> done = new ArrayList<>();
    private final LimitShare mostLanes;
    private final LimitShare mostCores;
    private long most;
    private int results = Integer.MAX_VALUE;
    private int steps;
    private int depth;

    /** A core, with the lanes that are false because they are disjoint from a true one. */
    private record At(Core core, BitSet out) {}

    /**
     * A construction.
     *
     * @param touched the atoms that the member or item counts for
     * @param last those of them that no later member or item counts for
     * @param leaf the core after it, from the core with its verdicts; a dead core if it must not be
     */
    private ChildBuilder(ValueLanguage language, int[] touched, BitSet last, UnaryOperator<Core> leaf) {
        this.language = language;
        this.diagrams = language.diagrams();
        boolean isLate = diagrams.isLate();
        this.mostLanes = LateLimits.share(isLate, language.limits(), LANE_WEIGHT, LANE_BYTES);
        this.mostCores = LateLimits.share(isLate, language.limits(), CORE_WEIGHT, CORE_BYTES);
        this.most = mostCores.most();
        this.last = last;
        this.leaf = leaf;
        for (int atom : touched) {
            byLane.computeIfAbsent(language.atoms().lane(atom), k -> new ArrayList<>())
                    .add(atom);
        }
        this.lanes =
                byLane.keySet().stream().filter(lane -> lane != Atom.ANY_VALUE).toList();
    }

    public static Child build(ValueLanguage language, Core core, int[] touched, BitSet last, UnaryOperator<Core> leaf) {
        ChildBuilder builder = new ChildBuilder(language, touched, last, leaf);
        builder.mostLanes.check(builder.lanes.size());
        Child child = builder.child(core);
        builder.mostCores.check(builder.steps);
        return child;
    }

    /**
     * The child of a member, without looking at the rest of the object; gives up if that is too much work.
     *
     * @param results as many as there may be
     * @return null if there are more, or too much is to be done to find out
     */
    public static @Nullable Child tried(ValueLanguage language, Core core, int[] touched, BitSet last, int results) {
        ChildBuilder builder = new ChildBuilder(language, touched, last, after -> after);
        builder.most = Math.min(builder.most, FEW_STEPS);
        builder.results = results;
        if (builder.lanes.size() > builder.mostLanes.most() || builder.isSoonTooMuch(core)) {
            return null;
        }
        Child child = builder.child(core);
        return builder.steps > builder.most ? null : child;
    }

    /** True if branching over the first few lanes alone, with all others false, already takes too many steps. */
    private boolean isSoonTooMuch(Core core) {
        if (lanes.size() <= 2 * FEW_LANES) {
            return false;
        }
        List<Integer> touched = new ArrayList<>(atoms(Atom.ANY_VALUE));
        lanes.subList(0, FEW_LANES).forEach(lane -> touched.addAll(atoms(lane)));
        ChildBuilder few = new ChildBuilder(
                language, touched.stream().mapToInt(atom -> atom).toArray(), last, leaf);
        few.most = most;
        few.results = results;
        few.child(without(core, lanes.subList(FEW_LANES, lanes.size())));
        return few.steps > few.most;
    }

    private Child child(Core core) {
        lanes.forEach(lane -> done.add(new HashMap<>()));
        if (lanes.size() > 1) {
            language.prepare(lanes);
        }
        Core start = counted(core);
        int diagram = areApart() ? oneOfAll(start) : branch(0, start, new BitSet());
        return new Child(language.goal(diagram), List.copyOf(cores));
    }

    /** True if there are many lanes that each allow some strings only, no two the same: then a value satisfies at most one. */
    private boolean areApart() {
        return lanes.size() >= MANY
                && byLane.values().stream()
                        .flatMap(List::stream)
                        .allMatch(atom -> language.atoms().hitsWanted(atom) == 1)
                && language.disjointness().areApart(lanes);
    }

    /**
     * The result of {@link #branch} for disjoint lanes: one end for each lane that the value may satisfy, and one for none. Found by
     * halving: what half of the lanes being false decides is computed once for all lanes of the other half.
     */
    private int oneOfAll(Core start) {
        List<Integer> looked = new ArrayList<>();
        for (int lane : lanes) {
            if (!start.isDead() && looksAt(start, lane)) {
                looked.add(lane);
            }
        }
        steps += looked.size();
        int diagram = Diagrams.DEAD;
        if (!start.isDead() && steps <= most) {
            diagram = end(leaf.apply(without(start, looked)));
            List<Core> good = new ArrayList<>();
            eachGood(start, looked, good);
            for (int i = looked.size() - 1; i >= 0 && steps <= most; i--) {
                Core after = good.get(i);
                diagram =
                        diagrams.node(looked.get(i), diagram, after.isDead() ? Diagrams.DEAD : end(leaf.apply(after)));
            }
        }
        return diagram;
    }

    /** The cores if the value satisfies exactly one of some lanes, for each of these in turn. */
    private void eachGood(Core core, List<Integer> some, List<Core> good) {
        language.deadline().tick();
        if (some.size() == 1) {
            good.add(hit(core, some.get(0), true));
        } else if (some.size() > 1) {
            List<Integer> left = some.subList(0, some.size() / 2);
            List<Integer> right = some.subList(some.size() / 2, some.size());
            eachGood(without(core, right), left, good);
            eachGood(without(core, left), right, good);
        }
    }

    /** The core if the value satisfies none of some lanes. */
    private Core without(Core start, List<Integer> some) {
        BitSet atOnce = new BitSet();
        BitSet never = new BitSet();
        for (int lane : some) {
            for (int atom : atoms(lane)) {
                boolean counts = !language.atoms().verdict(atom);
                atOnce.set(atom, counts);
                never.set(atom, !counts && last.get(atom));
            }
        }
        Core core = start.isDead() ? start : start.decided(diagrams, atOnce, true);
        return core.isDead() ? core : core.decided(diagrams, never, false);
    }

    /** The atoms that look at a lane. */
    private List<Integer> atoms(int lane) {
        return byLane.getOrDefault(lane, List.of());
    }

    /** The core once the member or item is present, whatever its value. Atoms that its presence alone decides are decided. */
    private Core counted(Core start) {
        BitSet atOnce = new BitSet();
        for (int atom : atoms(Atom.ANY_VALUE)) {
            atOnce.set(atom, language.atoms().hitsWanted(atom) == 1);
        }
        Core core = atOnce.isEmpty() ? start : start.decided(diagrams, atOnce, true);
        for (int atom : atoms(Atom.ANY_VALUE)) {
            if (!core.isDead() && !atOnce.get(atom)) {
                core = core.hit(diagrams, atom, language.atoms().hitsWanted(atom));
                core = !core.isDead() && last.get(atom) ? core.decided(diagrams, atom, false) : core;
            }
        }
        return core;
    }

    private Core hit(Core start, int lane, boolean verdict) {
        Core core = start;
        for (int atom : atoms(lane)) {
            if (core.isDead()) {
                return core;
            }
            if (language.atoms().verdict(atom) == verdict) {
                core = core.hit(diagrams, atom, language.atoms().hitsWanted(atom));
            }
            if (last.get(atom) && !core.isDead()) {
                core = core.decided(diagrams, atom, false);
            }
        }
        return core;
    }

    private int branch(int from, Core core, BitSet settled) {
        if (core.isDead()) {
            return Diagrams.DEAD;
        }
        int index = from;
        while (index < lanes.size() && (settled.get(index) || !looksAt(core, lanes.get(index)))) {
            index++;
        }
        return index == lanes.size() ? end(leaf.apply(core)) : remembered(index, core, later(settled, index));
    }

    private int remembered(int index, Core core, BitSet out) {
        At at = new At(core, out);
        Integer known = done.get(index).get(at);
        if (known != null) {
            return known;
        }
        language.deadline().tick();
        if (steps > most || ++steps > most) {
            return Diagrams.DEAD;
        }
        int result =
                ++depth % LEVELS == 0 ? language.deep(() -> branched(index, core, out)) : branched(index, core, out);
        depth--;
        done.get(index).put(at, result);
        return result;
    }

    private int branched(int index, Core core, BitSet out) {
        int lane = lanes.get(index);
        int ifFalse = branch(index + 1, hit(core, lane, false), out);
        if (steps > most) {
            return Diagrams.DEAD;
        }
        BitSet settled = disjoint(index, out);
        Core hit = settled(hit(core, lane, true), settled, out);
        int ifTrue = branch(index + 1, hit, settled);
        return diagrams.node(lane, ifFalse, ifTrue);
    }

    /** The settled lanes after a given one. */
    private static BitSet later(BitSet out, int index) {
        if (out.nextSetBit(0) < 0 || out.nextSetBit(0) > index) {
            return out;
        }
        BitSet later = (BitSet) out.clone();
        later.clear(0, index + 1);
        return later;
    }

    /** The lanes that are settled with those that are disjoint from one before them. */
    private BitSet disjoint(int index, BitSet settled) {
        BitSet found = (BitSet) settled.clone();
        for (int later = index + 1; later < lanes.size(); later++) {
            if (language.disjointness().areDisjoint(lanes.get(index), lanes.get(later))) {
                found.set(later);
            }
        }
        return found;
    }

    /** The core once some lanes are known to be false. */
    private Core settled(Core start, BitSet settled, BitSet before) {
        if (start.isDead() || settled.cardinality() == before.cardinality()) {
            return start;
        }
        BitSet atOnce = new BitSet();
        BitSet never = new BitSet();
        Core core = start;
        for (int index = settled.nextSetBit(0); index >= 0; index = settled.nextSetBit(index + 1)) {
            for (int atom : before.get(index) ? List.<Integer>of() : atoms(lanes.get(index))) {
                if (!language.atoms().verdict(atom) && language.atoms().hitsWanted(atom) == 1) {
                    atOnce.set(atom);
                } else if (!language.atoms().verdict(atom)) {
                    core = core.hit(diagrams, atom, language.atoms().hitsWanted(atom));
                }
                never.set(atom, last.get(atom) && !atOnce.get(atom));
            }
        }
        core = core.isDead() ? core : core.decided(diagrams, atOnce, true);
        return core.isDead() ? core : core.decided(diagrams, never, false);
    }

    private boolean looksAt(Core core, int lane) {
        for (int atom : atoms(lane)) {
            if (core.isPending(diagrams, atom)) {
                return true;
            }
        }
        return false;
    }

    private int end(Core core) {
        if (core.isDead()) {
            return Diagrams.DEAD;
        }
        Integer known = ends.putIfAbsent(core, cores.size());
        if (known == null) {
            cores.add(core);
            steps += cores.size() > results ? most : 0;
            known = cores.size() - 1;
        }
        return Diagrams.end(known);
    }
}
