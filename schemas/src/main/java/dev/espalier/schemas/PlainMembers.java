package dev.espalier.schemas;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one member is asked where no choice has to be made: each schema that looks at it is either wanted, or barred from
 * failing, or does not matter. Nearly all members are of this kind; {@link ChildBuilder} is for all, and makes of these
 * the same.
 */
final class PlainMembers {

    private final SchemaLanguage language;
    private final Diagrams diagrams;
    private final ObjectKeys keys;
    private final Map<List<Integer>, Goal> asked = new HashMap<>();

    PlainMembers(SchemaLanguage language, ObjectKeys keys) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.keys = keys;
    }

    /** What a member with a key asks, looking no further than the member; null where that is no single demand. */
    @Nullable
    Child child(Core core, int choice) {
        int[] touched = keys.atoms(choice);
        Core after = core;
        for (int atom : touched) {
            if (language.atoms().lane(atom) == Atom.ANY_VALUE && !after.isDead()) {
                after = after.hit(diagrams, atom, language.atoms().hitsWanted(atom));
            }
        }
        if (after.isDead()) {
            return new Child(language.goal(Diagrams.DEAD), List.of());
        }
        List<Integer> literals = new ArrayList<>();
        for (int atom : touched) {
            int lane = language.atoms().lane(atom);
            if (lane == Atom.ANY_VALUE || !after.isPending(diagrams, atom)) {
                continue;
            }
            boolean wanted = after.wanted().has(atom);
            if (!isPlain(after, atom)) {
                return null;
            }
            literals.add(lane << 1 | (wanted == language.atoms().verdict(atom) ? 1 : 0));
        }
        Goal goal = literals.isEmpty() ? language.goal(Diagrams.ZERO) : goal(literals);
        return new Child(goal, goal.diagram() == Diagrams.DEAD ? List.of() : List.of(closed(after, choice)));
    }

    /** Whether the member alone decides an atom, or the atom must stay false whatever else comes. */
    private boolean isPlain(Core core, int atom) {
        return language.atoms().hitsWanted(atom) == 1
                && (core.barred().has(atom) || (core.wanted().has(atom) && keys.nameOf(atom) >= 0));
    }

    /** Whether a name has no part in anything but what {@link #child} can tell, and neither has its being there. */
    boolean isAlone(Core core, int name) {
        for (int atom : keys.atoms(name)) {
            if (core.isPending(diagrams, atom) && !isPlain(core, atom)) {
                return false;
            }
        }
        return true;
    }

    private Core closed(Core core, int choice) {
        Core closed = core;
        for (int atom : keys.own(choice)) {
            closed = closed.decided(diagrams, atom, closed.wanted().has(atom));
        }
        return closed;
    }

    private Goal goal(List<Integer> literals) {
        Goal known = asked.get(literals);
        if (known == null) {
            known = language.goal(conjunction(literals));
            asked.put(List.copyOf(literals), known);
        }
        return known;
    }

    private int conjunction(List<Integer> literals) {
        List<Integer> lanes = new ArrayList<>();
        for (int literal : literals) {
            if (!lanes.contains(literal >> 1)) {
                lanes.add(literal >> 1);
            }
        }
        if (lanes.size() > 1) {
            Collections.sort(lanes);
            language.prepare(lanes);
        }
        int diagram = Diagrams.ZERO;
        for (int i = lanes.size() - 1; i >= 0; i--) {
            int lane = lanes.get(i);
            boolean yes = literals.contains(lane << 1 | 1);
            boolean no = literals.contains(lane << 1);
            if (yes && no) {
                return Diagrams.DEAD;
            }
            if (yes || !isExcluded(lane, literals)) {
                diagram = diagrams.node(lane, yes ? Diagrams.DEAD : diagram, yes ? diagram : Diagrams.DEAD);
            }
        }
        return diagram;
    }

    /** Whether a lane is false anyway, since one that must be true is disjoint from it. */
    private boolean isExcluded(int lane, List<Integer> literals) {
        for (int literal : literals) {
            if ((literal & 1) != 0
                    && language.disjointness()
                            .areDisjoint(Math.min(lane, literal >> 1), Math.max(lane, literal >> 1))) {
                return true;
            }
        }
        return false;
    }
}
