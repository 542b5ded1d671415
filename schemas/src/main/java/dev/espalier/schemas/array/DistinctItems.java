package dev.espalier.schemas.array;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.collect.Memo;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.characters.JsonTexts;
import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.item.ClassValues;
import dev.espalier.schemas.item.Endlessness;
import dev.espalier.schemas.item.FreshValues;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.work.LateLimits;
import dev.espalier.schemas.work.LimitShare;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
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

    /** The weight, against a limit, of a set of schemas that distinguishes values besides those of the item itself. */
    private static final int WEIGHT = 48;

    /** The estimated bytes of such a set. */
    private static final int CLASS_BYTES = 500;

    /** The least length of an item in bytes. */
    private static final int LEAST_ITEM = 1;

    /** The number of classes up to which it is not checked which of them have values. */
    private static final int MANY = 64;

    private static final int MAX_REMEMBERED = 1 << 12;

    /** Stands for: the items have different demands, or may run out. */
    static final int VARIOUS = -1;

    /** The bytes with which values begin. */
    private static final String BEGINS = "\"[{-0123456789tfn";

    private static final String DIGITS = "0123456789";

    /** The end of a string and what follows it. */
    private static final String END_OF_TEXT = "\",";

    /** The number of answers cached by horizon: each keeps its horizon alive, and so all tokens of a vocabulary. */
    private static final int MAX_APART = 64;

    /** Items that are looked at one after the other. */
    private static final int MAX_ALIKE = 256;

    private final ArrayItems frame;
    private final ItemLanguage language;
    private final Diagrams diagrams;
    private final FreshValues fresh;
    private final int unique;
    private final Memo<List<Object>, Classes> classes = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, Reach> reaches = new Memo<>(MAX_REMEMBERED);
    private final Memo<List<Object>, Options> options = new Memo<>(MAX_REMEMBERED);
    private final Map<List<Object>, Integer> alike = new HashMap<>();
    /** By types, ends and horizons: few of the first two. */
    private final Memo<List<Object>, Boolean> apart = new Memo<>(MAX_APART);

    /**
     * The classes of an item.
     *
     * @param diagram over the lanes that tell values apart; its ends are classes
     * @param cores the core after an item of each class, if it is new
     * @param lanes the lanes that the values of each class are good for, of those that are still to be asked
     */
    private record Classes(int diagram, List<Core> cores, List<AtomSet> lanes) {

        /** These classes, each split in two: the values that satisfy one more lane, and those that do not. */
        Classes told(Diagrams diagrams, int lane) {
            int whole = cores.size();
            int other = diagrams.mapEnds(
                    diagram, end -> end == Diagrams.DEAD ? end : Diagrams.end(Diagrams.result(end) + whole));
            List<Core> twice = new ArrayList<>(cores);
            twice.addAll(cores);
            BitSet good = new BitSet();
            good.set(lane);
            List<AtomSet> more = new ArrayList<>(lanes);
            lanes.forEach(set -> more.add(set.with(AtomSet.of(good))));
            return new Classes(diagrams.choose(diagrams.variable(lane), other, diagram), twice, more);
        }
    }

    /**
     * The options of the next item.
     *
     * @param goal what it is asked; the results are indices of {@code choices}
     * @param choices the classes that are possible
     * @param takesAnyNew whether new values of all of them are
     */
    public record Options(Goal goal, List<Choice> choices, boolean takesAnyNew) {

        Options(Goal goal, List<Choice> choices) {
            this(goal, choices, choices.stream().allMatch(Choice::fresh));
        }
    }

    /**
     * A possible class of values.
     *
     * @param after the core after it, if it is new
     * @param fresh whether a new value is possible
     * @param repeated whether one of the items before is possible again
     * @param lanes the lanes that it is good for, of those that are still to be asked
     * @param some its shortest value
     */
    record Choice(Core after, boolean fresh, boolean repeated, AtomSet lanes, ItemValue.Some some) {}

    DistinctItems(ArrayItems frame, int unique) {
        this.frame = frame;
        this.language = frame.language();
        this.diagrams = language.diagrams();
        this.fresh = new FreshValues(language);
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

    private Classes classes(Core core, int index) {
        List<Object> key = List.of(core, index);
        Classes known = classes.get(key);
        if (known == null) {
            known = findClasses(core, index);
            classes.put(key, known);
        }
        return known;
    }

    private Classes findClasses(Core core, int index) {
        Child child = frame.child(core, index);
        BitSet others = new BitSet();
        for (Core after : child.cores()) {
            others.or(frame.lanes(frame.passed(after, frame.next(index))));
        }
        List<Core> cores = new ArrayList<>();
        child.cores().forEach(after -> cores.add(frame.passed(after, frame.next(index))));
        List<AtomSet> lanes = new ArrayList<>(Collections.nCopies(cores.size(), AtomSet.NONE));
        Classes all = new Classes(child.goal().diagram(), cores, lanes);
        boolean isOpen = language.isOpen();
        if (isOpen) {
            // which of them have values is not known yet
            LimitShare most = diagrams.isLate()
                    ? new LimitShare("maxCompileBytes", LateLimits.bytes(language.limits()), CLASS_BYTES)
                    : new LimitShare("maxStepItems", language.limits().maxStepItems(), WEIGHT);
            most.check(1L << Math.min(others.cardinality(), Integer.SIZE));
        }
        for (int lane : others.stream().toArray()) {
            language.deadline().poll();
            Classes told = all.told(diagrams, lane);
            all = isOpen || told.cores.size() <= MANY ? told : inhabited(told);
        }
        return all;
    }

    /** The classes without the empty ones: few sets of schemas are those that some value satisfies. */
    private Classes inhabited(Classes all) {
        Reach values = language.reach(language.goal(all.diagram));
        Map<Integer, Integer> ends = new HashMap<>();
        List<Core> cores = new ArrayList<>();
        List<AtomSet> lanes = new ArrayList<>();
        for (int each : values.results()) {
            ends.put(each, Diagrams.end(cores.size()));
            cores.add(all.cores.get(each));
            lanes.add(all.lanes.get(each));
        }
        int diagram = diagrams.mapEnds(
                all.diagram,
                end -> end == Diagrams.DEAD ? end : ends.getOrDefault(Diagrams.result(end), Diagrams.DEAD));
        return new Classes(diagram, cores, lanes);
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
        Classes all = classes(core, index);
        Reach values = language.reach(language.goal(all.diagram));
        int then = frame.next(index);
        Reach reach = Reach.NONE;
        for (int each : values.results()) {
            Core after = all.cores.get(each);
            Core twice = after.isDead() ? after : repeated(after);
            int bytes = twice.isDead() ? Integer.MAX_VALUE : fresh.leastRepeated(all.diagram, each, seen);
            if (bytes < Integer.MAX_VALUE) {
                reach = reach.or(frame.reach(twice, then).plus(bytes));
            }
        }
        int now = must ? -1 : frame.result(core);
        for (int i = 0; i < values.size(); i++) {
            int each = values.result(i);
            Core after = all.cores.get(each);
            boolean isWanted = !after.isDead()
                    && (must || isProgress(core, index, after, all.diagram, each, values.cost(i), seen))
                    && mayGain(after, then, values.cost(i), now, reach);
            ClassValues.Sized some = isWanted ? fresh.shortest(all.diagram, each, values.cost(i), seen) : null;
            if (some != null) {
                reach = reach.or(reach(after, then, with(seen, after, some, all.lanes.get(each)))
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
        Classes all = classes(core, index);
        Reach values = language.reach(language.goal(all.diagram));
        OneClass one = null;
        for (int each : values.results()) {
            Core after = all.cores.get(each);
            if (!after.isDead()) {
                if (one != null || !repeated(after).isDead()) {
                    return null;
                }
                one = new OneClass(all.diagram, each, after);
            }
        }
        return one;
    }

    private SeenItems with(SeenItems seen, Core after, ClassValues.Sized value, AtomSet lanes) {
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
    public Options options(Core core, int index, SeenItems seen) {
        boolean isSame = !seen.isEmpty() && (typesOfAlike(core, index) > 0 || hasMore(core, index, seen.size()));
        if (isSame) { // whatever was read
            return options(core, index, SeenItems.NONE);
        }
        List<Object> key = List.of(core, index, seen);
        Options known = options.get(key);
        if (known == null) {
            known = work(core, index, seen);
            options.put(key, known);
        }
        return known;
    }

    /** True if the values of an item are of one class, are more than {@code used}, and nothing is asked of the items that follow. */
    private boolean hasMore(Core core, int index, int used) {
        Options first = options(core, index, SeenItems.NONE);
        if (used >= ItemLanguage.PLENTY || first.choices.size() != 1 || !first.takesAnyNew) {
            return false;
        }
        Core after = first.choices.get(0).after;
        return repeated(after).isDead()
                && matters(after)
                && needsNoItem(after)
                && language.plenty().isEndless(first.goal);
    }

    private Options work(Core core, int index, SeenItems seen) {
        Classes all = classes(core, index);
        Reach values = language.reach(language.goal(all.diagram));
        List<Choice> choices = new ArrayList<>();
        Map<Integer, Integer> ends = new HashMap<>();
        int then = frame.next(index);
        // then the length of the shortest one that is left is of no account, and it need not be looked up
        boolean isEndless = values.size() == 1 && language.endless().isEndless(language.goal(all.diagram));
        for (int i = 0; i < values.size(); i++) {
            int each = values.result(i);
            Core after = all.cores.get(each);
            if (after.isDead()) {
                continue;
            }
            ClassValues.Sized some = isEndless
                    ? new ClassValues.Sized(ItemValue.of(new ItemValue.Some(all.diagram, each, 0)), values.cost(i))
                    : fresh.shortest(all.diagram, each, values.cost(i), seen);
            AtomSet lanes = all.lanes.get(each);
            boolean isNew = some != null
                    && !reach(after, then, with(seen, after, some, lanes)).isEmpty();
            Core twice = repeated(after);
            boolean again = !twice.isDead()
                    && !frame.reach(twice, then).isEmpty()
                    && seen.items().stream().anyMatch(item -> fresh.belongs(all.diagram, each, item));
            if (isNew || again) {
                ends.put(each, choices.size());
                choices.add(new Choice(after, isNew, again, lanes, new ItemValue.Some(all.diagram, each, 0)));
            }
        }
        int diagram = diagrams.mapEnds(all.diagram, end -> {
            Integer choice = end == Diagrams.DEAD ? null : ends.get(Diagrams.result(end));
            return choice == null ? Diagrams.DEAD : Diagrams.end(choice);
        });
        return new Options(language.goal(diagram), choices);
    }

    /**
     * The types of all items from one on, as bits, if the items never run out, not even those with some beginning (of objects:
     * within the first key; of arrays: after the bracket; of literals: perhaps), and are asked alike whatever was read: then the
     * items before matter to an item only where all of it is equal to one of them. {@link #VARIOUS} if not.
     */
    public int typesOfAlike(Core core, int index) {
        if (alike.size() >= MAX_REMEMBERED) {
            alike.clear();
        }
        List<List<Object>> way = new ArrayList<>();
        Integer found = null;
        try {
            found = findTypes(core, index, way);
        } finally {
            for (List<Object> place : way) {
                if (found == null) { // the work was ended
                    alike.remove(place);
                } else {
                    alike.put(place, found);
                }
            }
        }
        return found;
    }

    private int findTypes(Core core, int index, List<List<Object>> way) {
        Core at = core;
        int next = index;
        int types = 0;
        Integer known = alike.get(List.of(at, next));
        while (known == null) {
            way.add(List.of(at, next));
            alike.put(List.of(at, next), VARIOUS); // where items contain such arrays, for these
            List<Choice> choices =
                    matters(at) ? options(at, next, SeenItems.NONE).choices() : List.of();
            Goal goal =
                    choices.isEmpty() ? null : options(at, next, SeenItems.NONE).goal();
            if (goal == null) {
                known = types;
            } else if (way.size() > MAX_ALIKE || !isSimple(choices, goal)) {
                known = VARIOUS;
            } else {
                types |= language.endless().types(goal);
                Core after = choices.get(0).after;
                boolean again = after.equals(at) && frame.next(next) == next;
                at = after;
                next = frame.next(next);
                known = again ? (Integer) types : alike.get(List.of(at, next));
            }
        }
        return known == VARIOUS ? VARIOUS : known | types;
    }

    private boolean isSimple(List<Choice> choices, Goal goal) {
        Choice choice = choices.get(0);
        Endlessness endless = language.endless();
        return choices.size() == 1
                && choice.fresh
                && repeated(choice.after).isDead()
                && endless.isEndless(goal)
                && endless.hasOnlyEndlessTexts(goal)
                && endless.hasOnlyEndlessObjects(goal)
                && endless.hasOnlyEndlessArrays(goal);
    }

    /**
     * Whether no text goes on, from the end of an item, into a beginning of another one that may be equal to one before, strings
     * apart, even after strings. Objects are not within their first key, arrays are not just after their opening bracket, numbers
     * not just after their sign.
     */
    boolean areApart(int types, String end, Horizon horizon) {
        return apart.get(List.of(types, end, horizon), asked -> {
            JsonTexts texts = JsonTexts.of(horizon);
            boolean passesText =
                    (types & 1 << JsonType.STRING.ordinal()) != 0 && texts.longestWith(end + "\"" + END_OF_TEXT) > 0;
            boolean signed = (types & Endlessness.FINITE_NEGATIVES) == 0
                    || !(texts.hasRun(end + "-") || (passesText && texts.hasRun(END_OF_TEXT + "-")));
            if (!signed) {
                return false;
            }
            for (JsonType next : JsonType.values()) {
                boolean isAsked = (types & 1 << next.ordinal()) != 0;
                if (isAsked && (comes(next, end, texts) || (passesText && comes(next, END_OF_TEXT, texts)))) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean comes(JsonType next, String end, JsonTexts texts) {
        return switch (next) {
            case STRING -> false;
            case OBJECT -> texts.hasRun(end + "{") && (texts.longestWith(end + "{:") > 0 || texts.hasRun(end + "{}"));
            case ARRAY ->
                texts.hasRun(end + "[") && ("]" + BEGINS).chars().anyMatch(c -> texts.hasRun(end + "[" + (char) c));
            case NUMBER ->
                DIGITS.chars().anyMatch(c -> texts.hasRun(end + (char) c) || texts.hasRun(end + "-" + (char) c));
            case NULL -> texts.hasRun(end + "n");
            case TRUE -> texts.hasRun(end + "t");
            case FALSE -> texts.hasRun(end + "f");
        };
    }

    /**
     * At least what can be reached after an item of a class, at no more than it costs: whatever its value, it is one that can
     * be repeated, and perhaps none that another item wants.
     *
     * @param bytes of the item's shortest text, or fewer
     * @param mayRepeat whether it may be equal to one before
     */
    Reach estimate(Choice choice, int index, SeenItems seen, int bytes, boolean mayRepeat) {
        int then = frame.next(index);
        Reach reach = Reach.NONE;
        if (choice.fresh) {
            SeenItems.Item item = new SeenItems.Item(ItemValue.of(choice.some), choice.lanes, bytes);
            SeenItems more = matters(choice.after) ? seen.with(item) : SeenItems.NONE;
            reach = reach(choice.after, then, seen).or(reach(choice.after, then, more));
        }
        return choice.repeated && mayRepeat ? reach.or(frame.reach(repeated(choice.after), then)) : reach;
    }

    /** The state of the array after an item with a value. */
    ArrayState after(Choice choice, int index, SeenItems seen, ItemValue value) {
        Core core = seen.contains(value) ? repeated(choice.after) : choice.after;
        int bytes = value.bytes(language.writesExponents());
        SeenItems more = with(seen, core, new ClassValues.Sized(value, bytes), choice.lanes);
        return new ArrayState(frame, core, frame.next(index), more, ArrayState.Place.ITEM, 0);
    }
}
