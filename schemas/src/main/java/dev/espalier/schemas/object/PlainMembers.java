// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ChildBuilder;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The goals of members that leave no choice: each schema that looks at such a member must hold, must not hold, or does not matter.
 * Nearly all members are of this kind; {@link ChildBuilder} handles all members, with the same outcome.
 */
@FastPath(oracle = "ExactnessTest")
final class PlainMembers {

    /** The number of atoms of a name whose standing fits into a number. */
    private static final int MAX_STANDING = 31;

    private final ObjectLanguage language;
    private final Diagrams diagrams;
    private final ObjectKeys keys;
    private final Map<List<Integer>, Goal> asked = new HashMap<>();
    private final @Nullable Standing[] latest;

    /** The standing of the atoms of a name when it was last asked about, two bits each, with the goal found then. */
    private record Standing(long of, Goal goal) {}

    PlainMembers(ObjectLanguage language, ObjectKeys keys) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.keys = keys;
        this.latest = new Standing[keys.names()];
    }

    /** The child of a member, without looking at the rest of the object; null if that is no single demand. */
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

    /** True if the member alone decides an atom, or if the atom must stay false whatever else comes. */
    private boolean isPlain(Core core, int atom) {
        return language.atoms().hitsWanted(atom) == 1
                && (core.barred().has(atom) || (core.wanted().has(atom) && keys.nameOf(atom) >= 0));
    }

    /**
     * The goal of a named member that no other member's obligations depend on, not even by its presence; null if some do. Cost: its
     * atoms; no object is made where they stand as they did when this was asked last.
     */
    @Nullable
    Goal alone(Core core, int name) {
        int[] touched = keys.atoms(name);
        long standing = 1;
        for (int atom : touched) {
            boolean wanted = core.wanted().has(atom);
            boolean pending = wanted || core.isPending(diagrams, atom);
            if (pending && !isPlain(core, atom)) {
                return null;
            }
            standing = standing << 2 | (wanted ? 2 : 0) | (pending ? 1 : 0);
        }
        Standing known = latest[name];
        if (known == null || known.of != standing || touched.length > MAX_STANDING) {
            Goal goal = Objects.requireNonNull(child(core, name)).goal();
            known = new Standing(standing, goal);
            latest[name] = known;
        }
        return known.goal;
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
        if (literals.size() == 1) {
            boolean yes = (literals.get(0) & 1) != 0;
            return diagrams.node(
                    literals.get(0) >> 1, yes ? Diagrams.DEAD : Diagrams.ZERO, yes ? Diagrams.ZERO : Diagrams.DEAD);
        }
        TreeSet<Integer> wanted = new TreeSet<>();
        TreeSet<Integer> barred = new TreeSet<>();
        literals.forEach(literal -> ((literal & 1) != 0 ? wanted : barred).add(literal >> 1));
        if (wanted.stream().anyMatch(barred::contains)) {
            return Diagrams.DEAD;
        }
        TreeSet<Integer> lanes = new TreeSet<>(wanted);
        lanes.addAll(barred);
        if (lanes.size() > 1) {
            language.prepare(List.copyOf(lanes));
        }
        int diagram = Diagrams.ZERO;
        for (int lane : lanes.descendingSet()) {
            if (wanted.contains(lane)) {
                diagram = diagrams.node(lane, Diagrams.DEAD, diagram);
            } else if (!isExcluded(lane, wanted)) {
                diagram = diagrams.node(lane, diagram, Diagrams.DEAD);
            }
        }
        return diagram;
    }

    /** Whether a lane is false anyway, since one that must be true is disjoint from it. */
    private boolean isExcluded(int lane, Set<Integer> wanted) {
        for (int other : wanted) {
            if (language.disjointness().areDisjoint(Math.min(lane, other), Math.max(lane, other))) {
                return true;
            }
        }
        return false;
    }
}
