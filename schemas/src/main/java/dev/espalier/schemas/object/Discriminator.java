// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Cover;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.string.StringAlternatives;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ChildBuilder;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A divider of objects into alternatives by the value of a discriminating key, such as {@code type}. If that key may come last, some
 * other key would have to be judged by the schemas of all alternatives at once, with up to 2<sup>n</sup> verdicts. Instead each
 * alternative, and the absence of the key, is a frame of its own, and all of them read the text at the same time: exact, since every
 * object belongs to exactly one of them.
 *
 * <p>Where no key helps, the objects are written as a union of conjunctions, which are read at the same time likewise;
 * then an object may belong to several. See {@code docs/design/objects.md}.
 */
@FastPath(oracle = "ExactnessTest")
public final class Discriminator {

    /**
     * The thresholds of verdicts on one member from which on objects are divided.
     *
     * @param any on members of any kind
     * @param scalars on members whose keys may be discriminating
     * @param nodes of the diagram in the core of one alternative: a larger one changes with each member
     * @param texts before strings are taken apart
     */
    public record Patience(int any, int scalars, int nodes, StringAlternatives.Patience texts) {
        public static final Patience USUAL = new Patience(64, 1024);

        private static final int NODES = 4_000;

        /** The usual patience with strings. */
        public Patience(int any, int scalars) {
            this(any, scalars, NODES, StringAlternatives.Patience.USUAL);
        }

        /** The usual patience with objects. */
        public Patience(StringAlternatives.Patience texts) {
            this(64, 1024, NODES, texts);
        }
    }

    /** The greatest number of alternatives of one goal. */
    private static final int MAX_THREADS = 2048;

    /** The greatest number of conjunctions of one goal. */
    private static final int MAX_CONJUNCTIONS = 512;

    /** The number of nodes of a diagram above which objects are read as the union that the schema wrote, if there was one. */
    private static final int LARGE = 256;

    private final ObjectLanguage language;
    private final Diagrams diagrams;
    private final List<String> declared;
    private final Patience patience;

    /**
     * @param declared the names whose order is kept
     */
    Discriminator(ObjectLanguage language, List<String> declared, Patience patience) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.declared = declared;
        this.patience = patience;
    }

    /**
     * The alternatives of a core; the core alone if dividing gains nothing. Free of cost if no demands of the core depend on each
     * other.
     */
    Division of(Core whole) {
        List<Division.Part> done = new ArrayList<>();
        List<Division.Part> open = new ArrayList<>(List.of(new Division.Part(whole, Division.NONE)));
        @Nullable Split first = null;
        while (!open.isEmpty()) {
            Division.Part part = open.remove(open.size() - 1);
            Core core = part.core();
            List<Core> read = byReadKeys(core);
            if (!read.isEmpty()) {
                read.forEach(inner -> open.add(new Division.Part(inner, part.result())));
                continue;
            }
            if (Diagrams.isEnd(core.rest())) {
                done.add(part);
                continue;
            }
            ObjectKeys keys =
                    new ObjectKeys(language, core.pending(diagrams).stream().toArray(), declared);
            boolean many = done.size() + open.size() > MAX_THREADS;
            if (!many && isLarge(core, patience.nodes) && addWritten(part, open)) {
                continue;
            }
            Split told = many ? Split.NONE : told(core, keys);
            List<Core> cover = many || !told.parts.isEmpty() ? List.of(core) : cover(core);
            if (cover.size() > 1) {
                cover.forEach(inner -> done.add(new Division.Part(inner, part.result())));
                continue;
            }
            List<Integer> wide = many || !told.parts.isEmpty() ? List.of() : wide(core, keys);
            Split split = wide.isEmpty() ? told : split(core, keys, wide);
            boolean isStillLarge = split.parts.isEmpty()
                    ? !wide.isEmpty() || isLarge(core, LARGE)
                    : split.parts.stream().anyMatch(inner -> isLarge(inner.core(), LARGE));
            if (!many && isStillLarge && addWritten(part, open)) {
                continue;
            }
            for (Division.Part inner : split.parts) {
                open.add(first == null ? inner : new Division.Part(inner.core(), part.result()));
            }
            first = first == null ? split : first;
            if (split.parts.isEmpty()) {
                for (Core inner : wide.isEmpty() ? List.of(core) : conjunctions(core)) {
                    done.add(new Division.Part(inner, part.result()));
                }
            }
        }
        return first == null
                ? new Division(List.copyOf(done), "", null)
                : new Division(List.copyOf(done), first.key, first.values);
    }

    /** The alternatives of a discriminating key; see {@link Division}. */
    private record Split(
            List<Division.Part> parts, String key, @Nullable Goal values) {
        static final Split NONE = new Split(List.of(), "", null);
    }

    /**
     * The alternatives of a core whose diagram looks at keys of a language that is not regular: no such key comes, one must come, or it
     * does not matter. None if it does not look at such keys.
     */
    private List<Core> byReadKeys(Core core) {
        BitSet support = diagrams.support(core.rest());
        for (int atom = support.nextSetBit(0); atom >= 0; atom = support.nextSetBit(atom + 1)) {
            if (isRead(atom)) {
                int without = diagrams.restrict(core.rest(), atom, false);
                int with = diagrams.restrict(core.rest(), atom, true);
                int variable = diagrams.variable(atom);
                int barred = diagrams.choose(variable, Diagrams.DEAD, without);
                int some = implies(with, without) ? with : diagrams.choose(variable, with, Diagrams.DEAD);
                return List.of(core.with(diagrams, barred), core.with(diagrams, some));
            }
        }
        return List.of();
    }

    /** True if an atom looks at keys of a language that is not regular. */
    private boolean isRead(int atom) {
        return language.atoms().get(atom) instanceof Atom.Members members && members.keys() instanceof KeySet.Reading;
    }

    /** True if a diagram gives each result that another one gives. */
    private boolean implies(int one, int other) {
        for (int end : diagrams.ends(one)) {
            int here = diagrams.mapEnds(one, some -> some == end ? Diagrams.ZERO : Diagrams.DEAD);
            int there = diagrams.mapEnds(other, some -> some == end ? Diagrams.ZERO : Diagrams.DEAD);
            if (diagrams.and(here, diagrams.not(there)) != Diagrams.DEAD) {
                return false;
            }
        }
        return true;
    }

    /**
     * The alternatives of the key by which {@code ObjectUnions} wrote a union that would be too large otherwise; none if there is no
     * such key.
     */
    private Split told(Core core, ObjectKeys keys) {
        int first = diagrams.top(core.rest());
        return language.atoms().isEarly(first) ? split(core, keys, keys.nameOf(first)) : Split.NONE;
    }

    /** The members with too many verdicts. */
    private List<Integer> wide(Core core, ObjectKeys keys) {
        List<Integer> wide = new ArrayList<>();
        for (int choice = -keys.classes().size(); choice < keys.names() && !Diagrams.isEnd(core.rest()); choice++) {
            boolean isEmpty = choice < 0 && keys.left(-1 - choice, UsedKeys.NONE) == 0;
            if (!isEmpty && isWide(core, keys, choice)) {
                wide.add(choice);
            }
        }
        return wide;
    }

    /** A core as a union of conjunctions, if it is large and they are not too many; else the core alone. */
    private List<Core> cover(Core core) {
        return diagrams.isWithin(core.rest(), patience.nodes) ? List.of(core) : conjunctions(core);
    }

    private boolean isLarge(Core core, int nodes) {
        return !diagrams.isWithin(core.rest(), nodes);
    }

    /** Adds the parts of the union that the schema wrote for a part. True if there was one. */
    private boolean addWritten(Division.Part whole, List<Division.Part> open) {
        List<Core> union = asWritten(whole.core());
        union.forEach(inner -> open.add(new Division.Part(inner, whole.result())));
        return !union.isEmpty();
    }

    /** A core as the union that the schema wrote; none if there was no union, or if the core counts hits. */
    private List<Core> asWritten(Core core) {
        Set<Integer> ends = diagrams.ends(core.rest());
        if (ends.size() != 1 || !core.hits().isEmpty()) {
            return List.of();
        }
        int end = ends.iterator().next();
        List<Integer> truths = new ArrayList<>();
        truths.add(diagrams.mapEnds(core.rest(), other -> other == end ? Diagrams.ZERO : other));
        core.wanted().bits().stream().forEach(atom -> truths.add(diagrams.variable(atom)));
        core.barred().bits().stream().forEach(atom -> truths.add(diagrams.not(diagrams.variable(atom))));
        int whole = diagrams.and(truths.stream().mapToInt(truth -> truth).toArray());
        return language.unions().partsOf(whole).stream()
                .map(part -> Core.of(diagrams, diagrams.choose(part, end, Diagrams.DEAD)))
                .toList();
    }

    /** A core as a union of cores with a single conjunction each, unless there are too many. */
    private List<Core> conjunctions(Core core) {
        List<Core> parts = new ArrayList<>();
        for (int part : Cover.of(language.algebra(), core.rest(), MAX_CONJUNCTIONS)) {
            parts.add(core.with(diagrams, part));
        }
        return parts.isEmpty() ? List.of(core) : parts;
    }

    /** The alternatives of the best key; none if no key helps. */
    private Split split(Core core, ObjectKeys keys, List<Integer> wide) {
        Split best = Split.NONE;
        int least = lanes(core, keys, wide);
        for (int name = 0; name < keys.names(); name++) {
            Split split = wide.contains(name) ? Split.NONE : split(core, keys, name);
            int most = 0;
            for (Division.Part part : split.parts) {
                most = Math.max(most, lanes(part.core(), keys, wide));
            }
            if (!split.parts.isEmpty() && most < least) {
                least = most;
                best = split;
            }
        }
        return best;
    }

    private boolean isWide(Core core, ObjectKeys keys, int choice) {
        if (lanes(core, keys, choice) < 2) {
            return false;
        }
        Child child = ChildBuilder.tried(language, core, keys.atoms(choice), keys.ownBits(choice), patience.any);
        return child == null && (choice < 0 || values(core, keys, choice) == null);
    }

    /** The greatest number of schemas that look at one of some members. */
    private int lanes(Core core, ObjectKeys keys, List<Integer> choices) {
        int most = 0;
        for (int choice : choices) {
            most = Math.max(most, lanes(core, keys, choice));
        }
        return most;
    }

    private int lanes(Core core, ObjectKeys keys, int choice) {
        BitSet support = diagrams.support(core.rest());
        TreeSet<Integer> lanes = new TreeSet<>();
        for (int atom : keys.atoms(choice)) {
            if (support.get(atom) && language.atoms().lane(atom) != Atom.ANY_VALUE) {
                lanes.add(language.atoms().lane(atom));
            }
        }
        return lanes.size();
    }

    /** The demands on a key's value, if only scalars are looked at and no atom is shared with other keys; null otherwise. */
    private @Nullable Child values(Core core, ObjectKeys keys, int name) {
        for (int atom : keys.atoms(name)) {
            boolean isOwn = keys.nameOf(atom) >= 0;
            boolean isUnit = core.barred().has(atom) && language.atoms().hitsWanted(atom) == 1;
            if (!isOwn && !isUnit && core.isPending(diagrams, atom)) {
                return null;
            }
            boolean isScalar = language.isScalar(language.atoms().lane(atom))
                    && language.atoms().hitsWanted(atom) == 1;
            if (isOwn && !isScalar && core.isPending(diagrams, atom)) {
                return null;
            }
        }
        return ChildBuilder.tried(language, core, keys.own(name), keys.ownBits(name), patience.scalars);
    }

    /** The alternatives of a key; none if it is not discriminating. */
    private Split split(Core core, ObjectKeys keys, int name) {
        if (lanes(core, keys, name) == 0) {
            return Split.NONE;
        }
        Child child = values(core, keys, name);
        if (child == null || child.cores().size() < 2) {
            return Split.NONE;
        }
        int has = language.atoms().has(keys.text(name));
        int[] guards = guards(child, keys.own(name));
        List<Division.Part> parts = new ArrayList<>();
        for (int result = 0; result < guards.length; result++) {
            add(parts, child.cores().get(result), diagrams.and(has, guards[result]), result);
        }
        Core absent = core;
        for (int atom : keys.own(name)) {
            absent = absent.decided(diagrams, atom, false);
        }
        add(parts, absent, diagrams.not(has), Division.NONE);
        boolean alone = Arrays.stream(keys.atoms(name))
                .noneMatch(atom -> keys.nameOf(atom) < 0 && core.isPending(diagrams, atom));
        return new Split(parts, keys.text(name), alone ? child.goal() : null);
    }

    private void add(List<Division.Part> parts, Core core, int guard, int result) {
        Core part = core.isDead() ? core : core.and(diagrams, guard);
        if (!part.isDead()) {
            parts.add(new Division.Part(part, result));
        }
    }

    /** The condition of each result of a key's value, over the atoms of a present key. */
    private int[] guards(Child child, int[] own) {
        Map<Integer, Integer> truths = new TreeMap<>();
        for (int atom : own) {
            int truth = diagrams.variable(atom);
            truths.put(language.atoms().lane(atom), language.atoms().verdict(atom) ? truth : diagrams.not(truth));
        }
        truths.remove(Atom.ANY_VALUE);
        int whole = child.goal().diagram();
        int[] guards = new int[child.cores().size()];
        Arrays.fill(guards, Diagrams.DEAD);
        int left = whole;
        if (language.disjointness().areApart(List.copyOf(truths.keySet()))) {
            // A value that is good for one schema is good for no other, which need not be said.
            for (; left >= 0 && diagrams.branch(left, true) < 0; left = diagrams.branch(left, false)) {
                int good = diagrams.branch(left, true);
                if (good != Diagrams.DEAD) {
                    int truth = truths.getOrDefault(diagrams.top(left), Diagrams.ZERO);
                    guards[Diagrams.result(good)] = diagrams.or(guards[Diagrams.result(good)], truth);
                }
            }
        }
        for (int end : diagrams.ends(left)) {
            int verdict = diagrams.mapEnds(whole, other -> other == end ? Diagrams.ZERO : Diagrams.DEAD);
            guards[Diagrams.result(end)] = asked(verdict, truths);
        }
        return guards;
    }

    /** A condition over lanes, rewritten over the atoms of a present key. */
    private int asked(int verdict, Map<Integer, Integer> truths) {
        Map<Integer, Integer> known = new HashMap<>(Map.of(Diagrams.DEAD, Diagrams.DEAD, Diagrams.ZERO, Diagrams.ZERO));
        for (int node : diagrams.nodesBefore(verdict, Integer.MAX_VALUE)) {
            int test = truths.getOrDefault(diagrams.top(node), Diagrams.ZERO);
            int yes = known.getOrDefault(diagrams.branch(node, true), Diagrams.DEAD);
            int no = known.getOrDefault(diagrams.branch(node, false), Diagrams.DEAD);
            known.put(node, diagrams.choose(test, yes, no));
        }
        return known.getOrDefault(verdict, Diagrams.DEAD);
    }
}
