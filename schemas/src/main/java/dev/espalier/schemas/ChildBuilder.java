package dev.espalier.schemas;

import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Works out what a container asks of one member or item: branches over the lanes that its atoms look at, with equal cores
 * merged after each.
 */
final class ChildBuilder {

    /** Lanes at one place. */
    private static final int MAX_LANES = 64;

    /** Cores met on the way. */
    private static final int MAX_CORES = 100_000;

    private final SchemaLanguage language;
    private final Diagrams diagrams;
    private final UnaryOperator<Core> leaf;
    private final List<Integer> lanes;
    private final int[] touched;
    private final Map<Core, Integer> ends = new HashMap<>();
    private final List<Core> cores = new ArrayList<>();
    private final List<Map<At, Integer>> done = new ArrayList<>();
    private int steps;

    /** A core with the lanes that are settled to be false since they are disjoint from a true one. */
    private record At(Core core, long out) {}

    /**
     * A construction.
     *
     * @param touched the atoms that the member or item counts for
     * @param leaf what becomes of the core after it; a dead core where it must not be
     */
    private ChildBuilder(SchemaLanguage language, int[] touched, UnaryOperator<Core> leaf) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.touched = touched;
        this.leaf = leaf;
        TreeSet<Integer> distinct = new TreeSet<>();
        for (int atom : touched) {
            if (language.lane(atom) != Atom.ANY_VALUE) {
                distinct.add(language.lane(atom));
            }
        }
        this.lanes = List.copyOf(distinct);
    }

    static Child build(SchemaLanguage language, Core core, int[] touched, UnaryOperator<Core> leaf) {
        ChildBuilder builder = new ChildBuilder(language, touched, leaf);
        if (builder.lanes.size() > MAX_LANES) {
            throw new LimitExceededException("maxIrNodes", MAX_LANES, builder.lanes.size(), Place.UNKNOWN);
        }
        builder.lanes.forEach(lane -> builder.done.add(new HashMap<>()));
        Core hit = builder.hit(core, Atom.ANY_VALUE, true);
        int diagram = builder.branch(0, hit, 0);
        return new Child(language.goal(diagram), List.copyOf(builder.cores));
    }

    private Core hit(Core start, int lane, boolean verdict) {
        Core core = start;
        for (int atom : touched) {
            if (language.lane(atom) == lane && language.verdict(atom) == verdict && !core.isDead()) {
                core = core.hit(diagrams, atom, language.hitsWanted(atom));
            }
        }
        return core;
    }

    private int branch(int index, Core core, long out) {
        if (core.isDead()) {
            return Diagrams.DEAD;
        }
        if (index == lanes.size()) {
            return end(leaf.apply(core));
        }
        At at = new At(core, out >>> index);
        Integer known = done.get(index).get(at);
        if (known != null) {
            return known;
        }
        if (++steps > MAX_CORES) {
            throw new LimitExceededException("maxIrNodes", MAX_CORES, steps, Place.UNKNOWN);
        }
        int result = branched(index, core, out);
        done.get(index).put(at, result);
        return result;
    }

    private int branched(int index, Core core, long out) {
        int lane = lanes.get(index);
        if (!looksAt(core, lane)) {
            return branch(index + 1, core, out);
        }
        int ifFalse = branch(index + 1, hit(core, lane, false), out);
        if ((out >>> index & 1) != 0) {
            return ifFalse;
        }
        Core hit = hit(core, lane, true);
        int ifTrue = hit.isDead() ? Diagrams.DEAD : branch(index + 1, hit, out | disjoint(index));
        return diagrams.node(lane, ifFalse, ifTrue);
    }

    /** The later lanes that are disjoint from one. */
    private long disjoint(int index) {
        long found = 0;
        for (int later = index + 1; later < lanes.size(); later++) {
            if (language.disjointness().areDisjoint(lanes.get(index), lanes.get(later))) {
                found |= 1L << later;
            }
        }
        return found;
    }

    private boolean looksAt(Core core, int lane) {
        for (int atom : touched) {
            if (language.lane(atom) == lane && diagrams.support(core.diagram()).get(atom)) {
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
            known = cores.size() - 1;
        }
        return Diagrams.end(known);
    }
}
