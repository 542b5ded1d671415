// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.key.CheapestKeys;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.BestCores;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ChildBuilder;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.work.LateLimits;
import dev.espalier.schemas.work.LimitShare;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search for the results with which an object can still end. Members commute, so that one order of keys decides for all: first the
 * names that only their own demands touch, whose costs add up, then the other names one by one, then the classes.
 */
@FastPath(oracle = "ExactnessTest")
final class ObjectSearch {

    /** The number of cached answers. */
    private static final int MAX_REMEMBERED = 1 << 14;

    /** Estimated bytes of a core with its cost. */
    private static final int CORE_BYTES = 500;

    private final ObjectLanguage language;
    private final Diagrams diagrams;
    private final ObjectKeys keys;
    private final PlainMembers plain;
    private final @Nullable KeyFilter filter;
    private final @Nullable WantedKey wanted;
    private final Memo<Object, Reach> reaches = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, Child> children = new Memo<>(MAX_REMEMBERED);
    private final AtomSet wide;
    /** The bytes of a member beside its key and value: comma, quotation marks, colon, white space. */
    private final int member;
    /** The bytes that end an object. */
    private final int close;

    private final CountedMembers counted;

    ObjectSearch(
            ObjectLanguage language,
            ObjectKeys keys,
            PlainMembers plain,
            @Nullable KeyFilter filter,
            @Nullable WantedKey wanted,
            BitSet support) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.keys = keys;
        this.plain = plain;
        this.filter = filter;
        this.wanted = wanted;
        BitSet several = (BitSet) support.clone();
        for (int atom = support.nextSetBit(0); atom >= 0; atom = support.nextSetBit(atom + 1)) {
            several.set(atom, keys.nameOf(atom) < 0);
        }
        this.wide = AtomSet.of(several);
        Layout layout = language.layout();
        this.member = 4 + layout.gap() + layout.line(1);
        this.close = 1 + layout.line(0);
        this.counted = new CountedMembers(language, keys, plain, member);
    }

    /** The results reachable after a member, with the bytes up to and including the closing brace; each member counts its comma. */
    Reach reach(Core core, UsedKeys used) {
        return wanted == null
                ? language.remembered(reaches, key(core, used), () -> members(core, used))
                : language.remembered(reaches, List.of(core, used), () -> withWanted(core, used, wanted.filter()));
    }

    /**
     * The results reachable if a key must come that passes a filter. Tracks the cores where it has not come, and those where it has.
     */
    private Reach withWanted(Core core, UsedKeys used, KeyFilter passing) {
        Map<Core, Integer> without = new LinkedHashMap<>();
        without.put(core, 0);
        Map<Core, Integer> with = new LinkedHashMap<>();
        for (int name : usefulNames(core, used, passing)) {
            Map<Core, Integer> found = name(with, name);
            if (passing.passes(keys.text(name))) {
                int bytes = member + keys.tree().bytes(name);
                without.forEach((at, cost) ->
                        read(at, name, Reach.add(cost, bytes), (after, sum) -> put(found, closed(after, name), sum)));
            }
            with = found;
            without = name(without, name);
        }
        Set<Integer> ends = diagrams.ends(core.rest());
        for (int c = 0; c < keys.classes().size(); c++) {
            int start = keys.classes().automaton().start();
            KeyClasses.Word word = passing.shortest(keys.classes(), c, start, passing.start(), "", keys.taken(used));
            Map<Core, Integer> found = classMembers(with, c, used, ends);
            if (word != null) {
                Map<Core, Integer> one = new LinkedHashMap<>();
                int choice = -1 - c;
                without.forEach((at, cost) ->
                        read(at, choice, Reach.add(cost, member + word.bytes()), (after, sum) -> put(one, after, sum)));
                classMembers(one, c, used.with(word.text()), ends).forEach((after, sum) -> put(found, after, sum));
            }
            with = found;
            without = classMembers(without, c, used, null);
        }
        return ended(with);
    }

    /** The cores once it is decided whether a name comes. */
    private Map<Core, Integer> name(Map<Core, Integer> cores, int name) {
        Map<Core, Integer> next = new LinkedHashMap<>();
        for (Map.Entry<Core, Integer> entry : cores.entrySet()) {
            language.deadline().tick();
            Core at = entry.getKey();
            put(next, closed(at, name), entry.getValue());
            if (isUseful(at, keys.atoms(name))) {
                int bytes = Reach.add(entry.getValue(), member + keys.tree().bytes(name));
                read(at, name, bytes, (after, cost) -> put(next, closed(after, name), cost));
            }
        }
        return next;
    }

    private Reach ended(Map<Core, Integer> cores) {
        Reach reach = Reach.NONE;
        for (Map.Entry<Core, Integer> entry : cores.entrySet()) {
            int result = entry.getKey().result(diagrams);
            if (result >= 0) {
                reach = reach.or(result, Reach.add(entry.getValue(), close));
            }
        }
        return reach;
    }

    private Object key(Core core, UsedKeys used) {
        boolean byClass = core.wanted().intersects(wide) || wide.intersects(diagrams.support(core.rest()));
        return byClass ? List.of(core, used) : core;
    }

    private Reach members(Core core, UsedKeys used) {
        BitSet settled = new BitSet();
        int cost = 0;
        for (int atom = core.wanted().next(0); atom >= 0; atom = core.wanted().next(atom + 1)) {
            int name = keys.nameOf(atom);
            Goal goal = name < 0 || settled.get(atom) ? null : plain.alone(core, name);
            if (goal != null) {
                Reach values = language.reach(goal);
                if (values.isEmpty()) {
                    return Reach.NONE;
                }
                cost = Reach.add(cost, member + keys.tree().bytes(name) + values.least());
                for (int own : keys.own(name)) {
                    settled.set(own, core.wanted().has(own));
                }
            }
        }
        Core rest = core.withoutWanted(settled);
        if (rest.wanted().isEmpty() && Diagrams.isEnd(rest.rest())) {
            return Reach.of(Diagrams.result(rest.rest()), Reach.add(cost, close));
        }
        if (settled.isEmpty()) {
            return searched(rest, used);
        }
        return language.remembered(reaches, List.of(key(rest, used), true), () -> searched(rest, used))
                .plus(cost);
    }

    private Reach searched(Core core, UsedKeys used) {
        if (filter == null && Diagrams.isEnd(core.rest())) {
            Reach reach = counted.reach(core, used);
            if (reach != null) {
                return reach.isEmpty()
                        ? reach
                        : Reach.of(Diagrams.result(core.rest()), Reach.add(reach.least(), close));
            }
        }
        Set<Integer> ends = diagrams.ends(core.rest());
        int now = core.result(diagrams);
        if (now >= 0 && ends.size() == 1) {
            return Reach.of(now, close);
        }
        Map<Core, Integer> cores = new LinkedHashMap<>();
        cores.put(core, 0);
        for (int name : inOrder(core, usefulNames(core, used, null))) {
            cores = name(cores, name);
        }
        for (int c = 0; c < keys.classes().size(); c++) {
            cores = classMembers(cores, c, used, ends);
        }
        return ended(cores);
    }

    /**
     * The cores once members with keys of a class have come, any number of them, and what they cost.
     *
     * @param ends all that may be reached; once each is known for less, nothing more is looked for. Null where it does not count
     *     what is reached
     */
    private Map<Core, Integer> classMembers(
            Map<Core, Integer> start, int keyClass, UsedKeys used, @Nullable Set<Integer> ends) {
        int left = keys.left(keyClass, used);
        Map<Core, Integer> all = new LinkedHashMap<>(start);
        Map<Core, Integer> last = start;
        BestCores best = new BestCores(start);
        LimitShare memory = new LimitShare("maxCompileBytes", LateLimits.bytes(language.limits()), CORE_BYTES);
        Map<Integer, Integer> reached = new HashMap<>();
        start.forEach((core, cost) -> note(core, cost, reached));
        CheapestKeys cheapest = new CheapestKeys(keys.classes().sizes(), keyClass, keys.takenBySize(keyClass, used));
        KeyFilter.Words words = filter == null ? null : filter.words(keys.classes(), keyClass, keys.taken(used));
        for (int n = 0; n < left && !last.isEmpty(); n++) {
            Map<Core, Integer> next = new LinkedHashMap<>();
            for (Map.Entry<Core, Integer> entry : last.entrySet()) {
                if (!isUseful(entry.getKey(), keys.atoms(-1 - keyClass))) {
                    continue;
                }
                language.deadline().tick();
                int bytes = bytes(n, words, cheapest);
                if (bytes == Integer.MAX_VALUE) {
                    break;
                }
                int cost = Reach.add(entry.getValue(), member + bytes);
                read(entry.getKey(), -1 - keyClass, cost, (after, sum) -> put(next, after, sum));
            }
            next.entrySet()
                    .removeIf(entry -> ends != null
                            && reached.size() == ends.size()
                            && reached.values().stream().allMatch(cost -> cost <= entry.getValue()));
            best.keepBest(next);
            next.forEach((core, cost) -> note(core, cost, reached));
            all.putAll(next);
            memory.check(all.size());
            last = next;
        }
        return all;
    }

    private void note(Core core, int cost, Map<Integer, Integer> reached) {
        int result = core.result(diagrams);
        if (result >= 0) {
            reached.merge(result, cost, Math::min);
        }
    }

    /** The bytes of the n-th shortest unused key of a class, from 0; {@link Integer#MAX_VALUE} if there are fewer. */
    private static int bytes(int n, KeyFilter.@Nullable Words words, CheapestKeys cheapest) {
        if (words == null) {
            return cheapest.bytes(n);
        }
        KeyClasses.Word word = words.at(n);
        return word == null ? Integer.MAX_VALUE : word.bytes();
    }

    private interface Sink {
        void accept(Core core, int cost);
    }

    private void read(Core core, int choice, int bytes, Sink sink) {
        Child child = child(core, choice);
        Reach reach = language.reach(child.goal());
        for (int i = 0; i < reach.size(); i++) {
            sink.accept(child.cores().get(reach.result(i)), Reach.add(bytes, reach.cost(i)));
        }
    }

    /** The child of a member, without looking at the rest of the object. */
    private Child child(Core core, int choice) {
        Child only = plain.child(core, choice);
        if (only != null) {
            return only;
        }
        return children.get(
                List.of(core, choice),
                key -> ChildBuilder.build(language, core, keys.atoms(choice), keys.ownBits(choice), after -> after));
    }

    private static void put(Map<Core, Integer> cores, Core core, int cost) {
        if (!core.isDead()) {
            cores.merge(core, cost, Math::min);
        }
    }

    /** The core once a name can no longer come. */
    Core closed(Core core, int name) {
        Core rest = core;
        for (int atom : keys.own(name)) {
            rest = rest.decided(diagrams, atom, false);
        }
        return rest;
    }

    /** True if a member counts for some pending atom that need not stay false. */
    private boolean isUseful(Core core, int[] atoms) {
        for (int atom : atoms) {
            if (!core.barred().has(atom) && core.isPending(diagrams, atom)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The names that can come and affect the core.
     *
     * @param passing a filter whose keys decide something whatever they count for; null for none
     */
    private int[] usefulNames(Core core, UsedKeys used, @Nullable KeyFilter passing) {
        BitSet useful = core.wanted().bits();
        useful.or(diagrams.support(core.rest()));
        BitSet found = new BitSet();
        for (int atom = useful.nextSetBit(0); atom >= 0; atom = useful.nextSetBit(atom + 1)) {
            int own = keys.nameOf(atom);
            if (own >= 0) {
                found.set(own);
            } else {
                for (int name = 0; name < keys.names(); name++) {
                    found.set(name, found.get(name) || isAmong(atom, keys.atoms(name)));
                }
            }
        }
        for (int name = 0; name < keys.names() && passing != null; name++) {
            found.set(name, found.get(name) || passing.passes(keys.text(name)));
        }
        return found.stream()
                .filter(name -> !used.has(name) && (filter == null || filter.passes(keys.text(name))))
                .toArray();
    }

    /** Some names in the order in which the core's diagram looks at them first: so few cores are open at the same time. */
    private int[] inOrder(Core core, int[] names) {
        BitSet support = diagrams.support(core.rest());
        long[] sorted = new long[names.length];
        for (int i = 0; i < names.length; i++) {
            int first = Integer.MAX_VALUE;
            for (int atom : keys.own(names[i])) {
                first = support.get(atom) ? Math.min(first, atom) : first;
            }
            sorted[i] = (long) first << 32 | names[i];
        }
        java.util.Arrays.sort(sorted);
        for (int i = 0; i < names.length; i++) {
            names[i] = (int) sorted[i];
        }
        return names;
    }

    private static boolean isAmong(int atom, int[] sorted) {
        return java.util.Arrays.binarySearch(sorted, atom) >= 0;
    }
}
