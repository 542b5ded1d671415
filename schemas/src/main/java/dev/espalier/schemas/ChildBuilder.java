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
    private final List<Map<Core, Integer>> done = new ArrayList<>();
    private int steps;

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
        int diagram = builder.branch(0, hit);
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

    private int branch(int index, Core core) {
        if (core.isDead()) {
            return Diagrams.DEAD;
        }
        if (index == lanes.size()) {
            return end(leaf.apply(core));
        }
        int lane = lanes.get(index);
        Integer known = done.get(index).get(core);
        if (known != null) {
            return known;
        }
        if (++steps > MAX_CORES) {
            throw new LimitExceededException("maxIrNodes", MAX_CORES, steps, Place.UNKNOWN);
        }
        int result;
        if (looksAt(core, lane)) {
            int ifFalse = branch(index + 1, hit(core, lane, false));
            int ifTrue = branch(index + 1, hit(core, lane, true));
            result = diagrams.node(lane, ifFalse, ifTrue);
        } else {
            result = branch(index + 1, core);
        }
        done.get(index).put(core, result);
        return result;
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
