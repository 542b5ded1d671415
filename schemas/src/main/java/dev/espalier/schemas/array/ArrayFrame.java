// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.core.collect.Memo;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.BestCores;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ChildBuilder;
import dev.espalier.schemas.value.Container;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.InnerStepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the arrays of a goal: the indices at which the demands change, and the core after each item. Guarded by the language's
 * lock.
 *
 * <p>Indices are counted up to the last one that matters. Between two such indices, a <em>stretch</em>, all items are
 * asked alike; a stretch of a billion items is worked out from its first few.
 */
public final class ArrayFrame implements Container, ArrayItems {

    /** No such atom. */
    private static final int NONE = -1;

    private static final int MAX_REMEMBERED = 1 << 14;

    private final ItemLanguage language;
    private final Diagrams diagrams;
    private final Core start;
    private final boolean isFree;
    private final int[] bounds;
    private final int[][] stretchAtoms;
    private final int patience;
    private final int unique;
    private final DistinctItems distinct;
    private final InnerStepper stepper;
    private final CountedItems counted = new CountedItems(this);
    private final Memo<List<Object>, Reach> reaches = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, Child> children = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, Child> live = new Memo<>(MAX_REMEMBERED);
    /** The item asked for last. Any thread may read it without the lock, since it is immutable. */
    private @Nullable Next latest;

    /** The child of the item at an index; null if there can be no such item. */
    private record Next(Core core, int index, @Nullable Child child) {}

    public ArrayFrame(ItemLanguage language, int diagram) {
        this.language = language;
        this.diagrams = language.diagrams();
        this.start = Core.of(diagrams, diagram);
        this.isFree = Diagrams.isFree(diagram);
        int[] support = diagrams.support(diagram).stream().toArray();
        TreeSet<Integer> changes = new TreeSet<>();
        int hits = 0;
        int distinct = NONE;
        for (int atom : support) {
            if (language.atoms().get(atom) instanceof Atom.Items items) {
                changes.add(items.from());
                changes.add(items.to());
                hits += Math.min(1 << 20, items.n());
            } else {
                distinct = atom;
            }
        }
        this.unique = distinct;
        this.distinct = new DistinctItems(this, unique);
        this.stepper = new InnerStepper(language::stepper);
        changes.remove(0);
        changes.remove(Integer.MAX_VALUE);
        this.patience = hits + 2;
        this.bounds = changes.stream().mapToInt(i -> i).toArray();
        this.stretchAtoms = new int[bounds.length + 1][];
        Arrays.setAll(
                stretchAtoms,
                s -> Arrays.stream(support)
                        .filter(atom -> atom != unique
                                && items(atom).from() <= first(s)
                                && first(s) < items(atom).to())
                        .toArray());
    }

    @Override
    public int stretchOf(int index) {
        return stretch(index);
    }

    @Override
    public int end(int atom) {
        return items(atom).to();
    }

    @Override
    public List<Integer> stretches(int index) {
        List<Integer> firsts = new ArrayList<>(List.of(index));
        for (int stretch = stretch(index) + 1; stretch <= bounds.length; stretch++) {
            firsts.add(first(stretch));
        }
        return firsts;
    }

    private Atom.Items items(int atom) {
        return (Atom.Items) language.atoms().get(atom);
    }

    private int first(int stretch) {
        return stretch == 0 ? 0 : bounds[stretch - 1];
    }

    private int stretch(int index) {
        int at = Arrays.binarySearch(bounds, index);
        return at >= 0 ? at + 1 : -at - 1;
    }

    @Override
    public ItemLanguage language() {
        return language;
    }

    @Override
    public Core start() {
        return start;
    }

    @Override
    public DistinctItems distinct() {
        return distinct;
    }

    @Override
    public InnerStepper stepper() {
        return stepper;
    }

    @Override
    public BitSet lanes(Core core) {
        BitSet lanes = new BitSet();
        core.pending(diagrams).stream()
                .filter(atom -> atom != unique)
                .map(language.atoms()::lane)
                .filter(lane -> lane != Atom.ANY_VALUE)
                .forEach(lanes::set);
        return lanes;
    }

    @Override
    public List<ArrayState> openings() {
        return List.of(ArrayState.open(this));
    }

    @Override
    public boolean isFree() {
        return isFree;
    }

    @Override
    public int next(int index) {
        return bounds.length == 0 ? 0 : Math.min(index + 1, bounds[bounds.length - 1]);
    }

    @Override
    public int alikeFrom(int index) {
        int stretch = stretch(index);
        return stretch == bounds.length ? 0 : bounds[stretch] - 1 - index;
    }

    @Override
    public boolean isNoBetterLater(Core core, int index) {
        boolean same = next(index) == index;
        BitSet pending = same ? new BitSet() : core.pending(diagrams);
        for (int atom = pending.nextSetBit(0); atom >= 0; atom = pending.nextSetBit(atom + 1)) {
            boolean later = atom == unique
                    || (items(atom).to() == Integer.MAX_VALUE
                            && (core.barred().has(atom) || items(atom).from() <= index));
            if (!later) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Core passed(Core core, int index) {
        Core rest = core;
        BitSet support = core.pending(diagrams);
        for (int atom = support.nextSetBit(0); atom >= 0 && !rest.isDead(); atom = support.nextSetBit(atom + 1)) {
            if (atom != unique && items(atom).to() <= index) {
                rest = rest.decided(diagrams, atom, false);
            }
        }
        return rest;
    }

    @Override
    public int result(Core core) {
        return (distinct.matters(core) ? core.decided(diagrams, unique, true) : core).result(diagrams);
    }

    @Override
    public Child child(Core core, int index) {
        int stretch = stretch(index);
        return children.get(
                List.of(core, stretch),
                key -> ChildBuilder.build(language, core, stretchAtoms[stretch], new BitSet(), after -> after));
    }

    @Override
    @Nullable
    public Child live(Core core, int index) {
        List<Object> key = List.of(core, index);
        Child known = live.get(key);
        if (known == null) {
            known = ChildBuilder.build(
                    language, core, stretchAtoms[stretch(index)], new BitSet(), after -> viable(after, next(index)));
            live.put(key, known);
        }
        Child child = language.hasValue(known.goal()) ? known : null;
        boolean isLatest = latest != null && latest.index == index && latest.core.equals(core);
        if (!isLatest && (child != null || known.goal().isFinal())) {
            latest = new Next(core, index, child);
        }
        return child;
    }

    @Override
    public boolean mayBeginItem(Core core, int index, int symbol) {
        Next next = latest;
        if (next == null || next.index != index || !next.core.equals(core)) {
            return JsonType.of(symbol) != null;
        }
        return next.child != null && next.child.goal().mayBegin(symbol);
    }

    private Core viable(Core core, int index) {
        Core rest = passed(core, index);
        boolean mayEnd = !rest.isDead()
                && (result(rest) >= 0
                        || isEasy(rest, index)
                        || !reach(rest, index).isEmpty());
        return mayEnd ? rest : Core.DEAD;
    }

    private boolean isEasy(Core core, int index) {
        return !distinct.matters(core) && counted.isEasy(core, index);
    }

    @Override
    public Reach reachOpen() {
        return reachOpen(start);
    }

    private Reach reachOpen(Core core) {
        int now = result(core);
        Reach later = reach(core, 0);
        Reach reach = now < 0 ? Reach.NONE : Reach.of(now, 1);
        for (int i = 0; i < later.size(); i++) {
            if (later.result(i) != now) {
                reach = reach.or(later.result(i), later.cost(i) - 1);
            }
        }
        return reach;
    }

    @Override
    public Reach reach(Core core, int index) {
        if (distinct.matters(core)) {
            return distinct.reach(core, index, SeenItems.NONE);
        }
        return language.remembered(reaches, List.of(core, index), () -> items(core, index));
    }

    private Reach items(Core core, int index) {
        int end = 1 + language.layout().line(0);
        boolean isOne = Diagrams.isEnd(core.rest()) && !core.isDead();
        if (isOne && core.wanted().isEmpty()) {
            return Reach.of(Diagrams.result(core.rest()), end);
        }
        Reach reach = isOne ? counted.reach(core, index) : null;
        if (reach != null) {
            return reach.isEmpty() ? reach : Reach.of(Diagrams.result(core.rest()), Reach.add(reach.least(), end));
        }
        return itemByItem(core, index);
    }

    private Reach itemByItem(Core core, int index) {
        Map<Core, Integer> cores = new LinkedHashMap<>();
        cores.put(core, 0);
        Reach reach = ends(cores);
        int stretch = stretch(index);
        int at = index;
        for (; stretch < bounds.length && !cores.isEmpty(); stretch++) {
            int end = bounds[stretch];
            int read = 0;
            while (at < end && !cores.isEmpty()) {
                Map<Core, Integer> next = step(cores, stretch, at + 1 == end ? end : at);
                reach = reach.or(ends(next));
                read++;
                at++;
                boolean settled = read > patience && next.keySet().equals(cores.keySet());
                if (settled && at < end - 1) {
                    next = skipped(cores, next, end - 1 - at);
                    at = end - 1;
                }
                cores = next;
            }
        }
        return reach.or(last(cores));
    }

    /** The results reachable by items of the last stretch, after those of all others. */
    private Reach last(Map<Core, Integer> start) {
        BestCores best = new BestCores(start);
        Reach reach = Reach.NONE;
        for (Map<Core, Integer> cores = start; !cores.isEmpty(); ) {
            cores = step(cores, bounds.length, Integer.MAX_VALUE - 1);
            best.keepBest(cores);
            reach = reach.or(ends(cores));
        }
        return reach;
    }

    /** The cores after many more items of the same kind, each of which costs what the last one did. */
    private static Map<Core, Integer> skipped(Map<Core, Integer> before, Map<Core, Integer> after, int items) {
        Map<Core, Integer> later = new LinkedHashMap<>();
        after.forEach((core, cost) -> {
            long each = cost - (long) before.getOrDefault(core, cost);
            later.put(core, (int) Math.min(Integer.MAX_VALUE - 1L, cost + each * items));
        });
        return later;
    }

    private Reach ends(Map<Core, Integer> cores) {
        Reach reach = Reach.NONE;
        for (Map.Entry<Core, Integer> entry : cores.entrySet()) {
            int result = result(entry.getKey());
            reach = result < 0
                    ? reach
                    : reach.or(
                            result,
                            Reach.add(entry.getValue(), 1 + language.layout().line(0)));
        }
        return reach;
    }

    private Map<Core, Integer> step(Map<Core, Integer> cores, int stretch, int index) {
        Map<Core, Integer> next = new LinkedHashMap<>();
        cores.forEach((core, cost) -> {
            language.deadline().tick();
            if (core.isSettled()) {
                return;
            }
            Child child = child(core, first(stretch));
            Reach values = language.reach(child.goal());
            for (int i = 0; i < values.size(); i++) {
                language.deadline().tick();
                Core after = passed(child.cores().get(values.result(i)), index);
                if (!after.isDead()) {
                    next.merge(
                            after,
                            Reach.add(
                                    cost,
                                    Reach.add(
                                            values.cost(i),
                                            1 + language.layout().line(1))),
                            Math::min);
                }
            }
        });
        return next;
    }

    @Override
    public Reach reachItem(Core core, int index) {
        Child child = live(core, index);
        return child == null ? Reach.NONE : reachValue(child, next(index));
    }

    @Override
    public Reach reachValue(Child child, int then) {
        Reach values = language.reach(child.goal());
        Reach reach = Reach.NONE;
        for (int i = 0; i < values.size(); i++) {
            reach = reach.or(reach(child.cores().get(values.result(i)), then).plus(values.cost(i)));
        }
        return reach;
    }

    @Override
    public int within(int index, int items) {
        int stretch = stretch(index);
        if (stretch == bounds.length) {
            return index;
        }
        return (long) bounds[stretch] - index > (long) items + patience + 1 ? first(stretch) : index;
    }
}
