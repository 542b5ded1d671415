// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.item.ClassValues;
import dev.espalier.schemas.item.FreshValues;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Core;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of an array's frame for as long as it is undecided whether all items differ ({@link Atom.Unique}). Guarded by the language's
 * lock.
 *
 * <p>The values of an item fall into <em>classes</em>: values that no schema of a later index distinguishes either, so that it does not
 * matter which of them were used, only which are left. Of each class the shortest value that is left stands for all; a class may run
 * out. What can be reached is a recursion over indices, cores and the values used.
 */
@FastPath(oracle = "UniqueItemsExactnessTest")
public final class DistinctItems {

    /** The least length of an item in bytes. */
    private static final int LEAST_ITEM = 1;

    private static final int MAX_REMEMBERED = 1 << 12;

    private final ArrayItems frame;
    private final ItemLanguage language;
    private final Diagrams diagrams;
    private final FreshValues fresh;
    private final int unique;
    private final Memo<List<Object>, ItemClasses> classes = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, Reach> reaches = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, ItemOptions> options = new Memo<>(MAX_REMEMBERED);
    private final UniformItems uniform;

    DistinctItems(ArrayItems frame, int unique) {
        this.frame = frame;
        this.language = frame.language();
        this.diagrams = language.diagrams();
        this.fresh = new FreshValues(language);
        this.uniform = new UniformItems(frame, this);
        this.unique = unique;
    }

    /** True if it is undecided, and matters, whether the items differ. */
    public boolean matters(Core core) {
        return unique >= 0 && !core.isDead() && core.isPending(diagrams, unique);
    }

    /** The core once two items are equal. */
    Core repeated(Core core) {
        return core.decided(diagrams, unique, false);
    }

    private ItemClasses classes(Core core, int index) {
        List<Object> key = List.of(core, index);
        ItemClasses known = classes.get(key);
        if (known == null) {
            known = ItemClasses.of(frame, core, index);
            classes.put(key, known);
        }
        return known;
    }

    /** As {@link ArrayItems#reach}, after items with some values. */
    Reach reach(Core core, int index, SeenItems seen) {
        if (!matters(core)) {
            return frame.reach(core, index);
        }
        if (needsNoItem(core)) {
            return Reach.of(frame.result(core), 1 + language.layout().line(0));
        }
        return language.remembered(reaches, List.of(core, index, seen), () -> {
            int now = frame.result(core);
            Layout layout = language.layout();
            Reach end = now < 0 ? Reach.NONE : Reach.of(now, 1 + layout.line(0));
            return end.or(
                    language.deep(() -> reachItem(core, index, seen, false)).plus(1 + layout.line(1)));
        });
    }

    /** True if more items cannot help: no atom needs them, and there is one result. */
    private boolean needsNoItem(Core core) {
        return Diagrams.isEnd(core.rest())
                && !core.barred().has(unique)
                && core.wanted().without(unique).isEmpty();
    }

    /**
     * The results reachable from before one more item.
     *
     * @param must whether there must be one, even if it changes nothing
     */
    Reach reachItem(Core core, int index, SeenItems seen, boolean must) {
        language.deadline().spend(1 + seen.size() / FreshValues.LOOKS_A_UNIT); // each is looked at, and copied
        Reach together = reachTogether(core, index, seen);
        if (together != null) {
            return together;
        }
        ItemClasses all = classes(core, index);
        Reach values = language.reach(language.goal(all.diagram()));
        int then = frame.next(index);
        Reach reach = Reach.NONE;
        for (int each : values.results()) {
            Core after = all.cores().get(each);
            Core twice = after.isDead() ? after : repeated(after);
            int bytes = twice.isDead() ? Integer.MAX_VALUE : fresh.leastRepeated(all.diagram(), each, seen);
            if (bytes < Integer.MAX_VALUE) {
                reach = reach.or(frame.reach(twice, then).plus(bytes));
            }
        }
        int now = must ? -1 : frame.result(core);
        for (int i = 0; i < values.size(); i++) {
            int each = values.result(i);
            Core after = all.cores().get(each);
            boolean isWanted = !after.isDead()
                    && (must || isProgress(core, index, after, all.diagram(), each, values.cost(i), seen))
                    && mayGain(after, then, values.cost(i), now, reach);
            ClassValues.Sized some = isWanted ? fresh.shortest(all.diagram(), each, values.cost(i), seen) : null;
            if (some != null) {
                reach = reach.or(
                        reach(after, then, with(seen, after, some, all.lanes().get(each)))
                                .plus(some.bytes()));
            }
        }
        return reach;
    }

    /**
     * True if one more item may lead to an unknown result, or to a known one at less cost. The bound assumes that an item could be
     * repeated that never came, and that all others differ by themselves.
     *
     * @param bytes of the item, or fewer
     * @param now the result if the array ends before the item; -1 for none
     */
    private boolean mayGain(Core after, int then, int bytes, int now, Reach known) {
        if (!matters(after) || known.isEmpty()) {
            return true;
        }
        Core different = after.decided(diagrams, unique, true);
        Core twice = repeated(after);
        Layout layout = language.layout();
        int oneMore = 1 + layout.line(1) + LEAST_ITEM + 1 + layout.line(0);
        return (!different.isDead() && isNearer(frame.reach(different, then), bytes, 0, now, known))
                || (!twice.isDead() && isNearer(frame.reach(twice, then), bytes, oneMore, now, known));
    }

    /** True if some result, except one, may be nearer than known, given lower bounds on the bytes to it. */
    private static boolean isNearer(Reach reach, int bytes, int least, int but, Reach known) {
        for (int i = 0; i < reach.size(); i++) {
            int result = reach.result(i);
            if (result != but && known.to(result) > Reach.add(Math.max(least, reach.cost(i)), bytes)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The results reachable from before one more item, if the items that must follow are all new values of one class, after which
     * nothing is asked; null otherwise.
     */
    private @Nullable Reach reachTogether(Core core, int index, SeenItems seen) {
        OneClass first = oneClass(core, index);
        if (first == null) {
            return null;
        }
        Core at = core;
        int next = index;
        int items = 0;
        OneClass now = first;
        while (matters(at) && !needsNoItem(at)) {
            now = items == 0 ? first : oneClass(at, next);
            if (now == null || now.diagram != first.diagram || now.each != first.each || frame.result(at) >= 0) {
                return null;
            }
            // to the last before what is asked changes
            int more = now.after.equals(at) ? Math.max(1, frame.alikeFrom(next)) : 1;
            if (now.after.equals(at) && frame.next(next) == next) {
                return null;
            }
            items += more;
            next = more == 1 ? frame.next(next) : next + more;
            at = now.after;
        }
        long bytes = items < 2 ? FreshValues.UNKNOWN : fresh.bytes(first.diagram, first.each, items, seen);
        if (bytes == FreshValues.UNKNOWN) {
            return null;
        }
        long commas = (items - 1L) * (1 + language.layout().line(1));
        int all = (int) Math.min(Integer.MAX_VALUE - 1L, bytes + commas);
        return bytes == FreshValues.NONE
                ? Reach.NONE
                : reach(at, next, SeenItems.NONE).plus(all);
    }

    /** The one class that an item may be of. */
    private record OneClass(int diagram, int each, Core after) {}

    /** The only class of which a new value must come; null if there are several, or if an earlier value may come again. */
    private @Nullable OneClass oneClass(Core core, int index) {
        ItemClasses all = classes(core, index);
        Reach values = language.reach(language.goal(all.diagram()));
        OneClass one = null;
        for (int each : values.results()) {
            Core after = all.cores().get(each);
            if (!after.isDead()) {
                if (one != null || !repeated(after).isDead()) {
                    return null;
                }
                one = new OneClass(all.diagram(), each, after);
            }
        }
        return one;
    }

    /** The items so far and one more, of a class after which the core is {@code after}; none where they no longer matter. */
    SeenItems with(SeenItems seen, Core after, ClassValues.Sized value, AtomSet lanes) {
        return matters(after) ? seen.with(new SeenItems.Item(value.value(), lanes, value.bytes())) : SeenItems.NONE;
    }

    /**
     * True if an item is of use. One that does not improve the core is of use only to be repeated, and then a shortest one is enough.
     */
    private boolean isProgress(Core core, int index, Core after, int diagram, int each, int shortest, SeenItems seen) {
        if (!core.unhit().equals(after.unhit()) || !frame.isNoBetterLater(core, index)) {
            return true;
        }
        return !repeated(core).isDead()
                && seen.items().stream()
                        .noneMatch(item -> item.bytes() <= shortest && fresh.belongs(diagram, each, item));
    }

    /** The options of the item at an index after which the array can still be completed. */
    public ItemOptions options(Core core, int index, SeenItems seen) {
        boolean isSame = !seen.isEmpty() && (typesOfAlike(core, index) > 0 || hasMore(core, index, seen.size()));
        if (isSame) { // whatever was read
            return options(core, index, SeenItems.NONE);
        }
        List<Object> key = List.of(core, index, seen);
        ItemOptions known = options.get(key);
        if (known == null) {
            known = work(core, index, seen);
            options.put(key, known);
        }
        return known;
    }

    /** True if the values of an item are of one class, are more than {@code used}, and nothing is asked of the items that follow. */
    private boolean hasMore(Core core, int index, int used) {
        ItemOptions first = options(core, index, SeenItems.NONE);
        if (used >= ItemLanguage.PLENTY || first.choices().size() != 1 || !first.takesAnyNew()) {
            return false;
        }
        Core after = first.choices().get(0).after();
        return repeated(after).isDead()
                && matters(after)
                && needsNoItem(after)
                && language.plenty().isEndless(first.goal());
    }

    private ItemOptions work(Core core, int index, SeenItems seen) {
        ItemClasses all = classes(core, index);
        Reach values = language.reach(language.goal(all.diagram()));
        List<ItemOptions.Choice> choices = new ArrayList<>();
        Map<Integer, Integer> ends = new HashMap<>();
        int then = frame.next(index);
        // then the length of the shortest one that is left is of no account, and it need not be looked up
        boolean isEndless = values.size() == 1 && language.endless().isEndless(language.goal(all.diagram()));
        for (int i = 0; i < values.size(); i++) {
            int each = values.result(i);
            Core after = all.cores().get(each);
            if (after.isDead()) {
                continue;
            }
            ClassValues.Sized some = isEndless
                    ? new ClassValues.Sized(ItemValue.of(new ItemValue.Some(all.diagram(), each, 0)), values.cost(i))
                    : fresh.shortest(all.diagram(), each, values.cost(i), seen);
            AtomSet lanes = all.lanes().get(each);
            boolean isNew = some != null
                    && !reach(after, then, with(seen, after, some, lanes)).isEmpty();
            Core twice = repeated(after);
            boolean again = !twice.isDead()
                    && !frame.reach(twice, then).isEmpty()
                    && seen.items().stream().anyMatch(item -> fresh.belongs(all.diagram(), each, item));
            if (isNew || again) {
                ends.put(each, choices.size());
                choices.add(
                        new ItemOptions.Choice(after, isNew, again, lanes, new ItemValue.Some(all.diagram(), each, 0)));
            }
        }
        int diagram = diagrams.mapEnds(all.diagram(), end -> {
            Integer choice = end == Diagrams.DEAD ? null : ends.get(Diagrams.result(end));
            return choice == null ? Diagrams.DEAD : Diagrams.end(choice);
        });
        return new ItemOptions(language.goal(diagram), choices);
    }

    /**
     * The types of all items from one on, as bits, if the items never run out, not even those with some beginning (of objects:
     * within the first key; of arrays: after the bracket; of literals: perhaps), and are asked alike whatever was read: then the
     * items before matter to an item only where all of it is equal to one of them. {@link UniformItems#VARIOUS} if not.
     */
    public int typesOfAlike(Core core, int index) {
        return uniform.types(core, index);
    }

    /** Proofs about items that are all asked alike. */
    UniformItems uniform() {
        return uniform;
    }

    /**
     * At least what can be reached after an item of a class, at no more than it costs: whatever its value, it is one that can
     * be repeated, and perhaps none that another item wants.
     *
     * @param bytes of the item's shortest text, or fewer
     * @param mayRepeat whether it may be equal to one before
     */
    Reach estimate(ItemOptions.Choice choice, int index, SeenItems seen, int bytes, boolean mayRepeat) {
        int then = frame.next(index);
        Reach reach = Reach.NONE;
        if (choice.fresh()) {
            SeenItems.Item item = new SeenItems.Item(ItemValue.of(choice.some()), choice.lanes(), bytes);
            SeenItems more = matters(choice.after()) ? seen.with(item) : SeenItems.NONE;
            reach = reach(choice.after(), then, seen).or(reach(choice.after(), then, more));
        }
        return choice.repeated() && mayRepeat ? reach.or(frame.reach(repeated(choice.after()), then)) : reach;
    }
}
