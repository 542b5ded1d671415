// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.Horizon;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.characters.JsonTexts;
import dev.espalier.schemas.item.ClassValues;
import dev.espalier.schemas.item.Endlessness;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.item.PartialItem;
import dev.espalier.schemas.item.ReadText;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.string.StringState;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The place of an item whose text is kept: its array, and the items before it. All states of an item share one, with everything
 * computed about it. Equal if the first four components are; the rest is guarded by the language's lock.
 */
@FastPath(oracle = "UniqueItemsExactnessTest")
final class DistinctPlace {

    /** More than the ends there are for all tokens and for those of plain text. */
    private static final int MAX_KNOWN = 12;
    /** The number of values of a class up to which they are searched for one by one. */
    private static final int FEW = 64;
    /**
     * The greatest number of earlier strings such that two more characters surely make a new one: less than half of all pairs of plain
     * one-byte characters.
     */
    private static final int MAX_TOLD_APART = 4_000;

    private final ArrayItems frame;
    private final Core core;
    private final int index;
    private final SeenItems seen;
    private final int hash;
    private @Nullable ItemOptions options;
    /** This place without the strings among the earlier items; null until asked for. */
    private @Nullable DistinctPlace relaxed;

    private @Nullable Boolean forgetsTexts;
    private @Nullable ItemSearch search;
    /** The facts for the last horizons: one for each end. */
    private final List<Forgetting> known = new ArrayList<>();

    /**
     * The part of the earlier items that matters to the texts of a horizon, once an item differs from all of them.
     *
     * @param end what ends the item
     * @param place with the earlier items that may be read once more; null if the item's own text counts
     * @param room the most bytes of a string that is read whole after it; -1 if none is
     */
    private record Forgetting(
            Horizon horizon, String end, @Nullable DistinctPlace place, int room) {}

    /**
     * A place.
     *
     * @param frame the array's frame
     * @param core what is left to decide before the item
     * @param index the item's index, as far as indices are told apart
     * @param seen the items before
     */
    DistinctPlace(ArrayItems frame, Core core, int index, SeenItems seen) {
        this.frame = frame;
        this.core = core;
        this.index = index;
        this.seen = seen;
        int mixed = 31 * System.identityHashCode(frame) + core.hashCode();
        this.hash = 31 * (31 * mixed + index) + seen.hashCode();
    }

    ArrayItems frame() {
        return frame;
    }

    ItemLanguage language() {
        return frame.language();
    }

    SeenItems seen() {
        return seen;
    }

    /** The options of the item. */
    ItemOptions options() {
        ItemOptions all = options;
        if (all == null) {
            all = frame.distinct().options(core, index, seen);
            options = all;
        }
        return all;
    }

    /** One of the classes that the item may be of. */
    ItemOptions.Choice choice(int number) {
        return options().choices().get(number);
    }

    /** All values of a class; null if they are many or have not been found out. */
    @Nullable
    List<ItemValue> fewValues(int number) {
        Goal goal = options().goal();
        ClassValues values =
                language().endless().isEndless(goal) ? null : language().values();
        return values == null ? null : values.few(goal.diagram(), number, FEW);
    }

    /** The proofs that there are more values than were used. */
    Endlessness manyValues() {
        return seen.size() < ItemLanguage.PLENTY
                ? language().plenty()
                : language().endless();
    }

    /** The search for what items of this place can still become. */
    ItemSearch search() {
        ItemSearch made = search;
        if (made == null) {
            made = new ItemSearch(this);
            search = made;
        }
        return made;
    }

    /** Whether new values of all classes are possible. */
    boolean takesAnyNew() {
        return options().takesAnyNew();
    }

    /** The stacks before the item. */
    StackSet start() {
        return StackSet.of(language().value(options().goal()));
    }

    /** The array after an item with a value; null if the item must not have that value. */
    @Nullable
    ArrayState after(int number, ItemValue value) {
        ItemOptions.Choice choice = choice(number);
        boolean isRepeated = seen.contains(value);
        if (isRepeated ? !choice.repeated() : !choice.fresh()) {
            return null;
        }
        DistinctItems distinct = frame.distinct();
        Core after = isRepeated ? distinct.repeated(choice.after()) : choice.after();
        ClassValues.Sized sized =
                new ClassValues.Sized(value, value.bytes(language().writesExponents()));
        SeenItems more = distinct.with(seen, after, sized, choice.lanes());
        return new ArrayState(frame, after, frame.next(index), more, ContainerPlace.VALUE, 0);
    }

    /** The array after an item that is equal to no other one. */
    ArrayState afterNew() {
        return new ArrayState(frame, choice(0).after(), frame.next(index), seen, ContainerPlace.VALUE, 0);
    }

    /**
     * The results reachable after an item of a class, each with a lower bound on its bytes, without looking at single values.
     *
     * @param bytes of the item's shortest text, or fewer
     * @param mayRepeat whether it may be equal to one before
     */
    Reach estimate(int number, int bytes, boolean mayRepeat) {
        return frame.distinct().estimate(choice(number), index, seen, bytes, mayRepeat);
    }

    /** The results reachable after an item of a class that makes no difference to later items. */
    Reach reachAfter(int number) {
        return frame.distinct().reach(choice(number).after(), frame.next(index), seen);
    }

    /** The results reachable after an item of a class that repeats an earlier one. */
    Reach reachAfterRepeated(int number) {
        DistinctItems distinct = frame.distinct();
        return frame.reach(distinct.repeated(choice(number).after()), frame.next(index));
    }

    /** Whether an item of a class leads only to the end of the array, and at once. */
    boolean isEnd(Reach reach, int number) {
        return reach.equals(Reach.of(
                frame.result(choice(number).after()), 1 + language().layout().line(0)));
    }

    /**
     * The place that counts for texts of a horizon if the item differs from all before and its text does not count; null if it
     * does.
     *
     * @param text of the item
     * @param hasEnd whether the item may be over
     * @param more characters that are read of it first
     */
    @Nullable
    DistinctPlace within(Horizon horizon, ReadText text, boolean hasEnd, int more) {
        JsonType type = Objects.requireNonNull(JsonType.of(text.first()));
        Forgetting forgetting = forgetting(horizon, hasEnd ? "," : end(type));
        boolean mayCome = type == JsonType.STRING
                && forgetting.room >= 0
                && PartialItem.characters(text.bytes()) + more <= forgetting.room;
        return mayCome ? null : forgetting.place;
    }

    /**
     * A bound on the distance from the array's end after any text of a horizon that stays in it, where all items are strings of any
     * text and the array may end after each: two characters tell a new string from all before.
     *
     * @return -1 where that is not so, or strings are too many
     */
    int farthestOfStrings(Horizon horizon) {
        int types = frame.distinct().typesOfAlike(core, index);
        boolean areFew = seen.size() + (long) horizon.bytes() < MAX_TOLD_APART;
        if (types != 1 << JsonType.STRING.ordinal() || !areFew || !isEnd(reachAfter(0), 0)) {
            return -1;
        }
        Layout layout = language().layout();
        // the rest of a character, two more, the quotation mark and the bracket, or after a comma a whole string
        return beginsAnyText() ? JsonCharacters.MOST_LEFT + 6 + layout.line(0) + layout.line(1) : -1;
    }

    /**
     * This place as it is where no string was read: itself where that would make a difference beyond which strings come again. All items
     * are asked alike, and strings may be of any text: two more characters tell one from all before.
     */
    DistinctPlace relaxed() {
        DistinctPlace known = relaxed;
        if (known == null) {
            SeenItems left = seen.withoutTexts();
            known = left == seen || !forgetsTexts() ? this : new DistinctPlace(frame, core, index, left);
            relaxed = known;
        }
        return known;
    }

    /** Whether {@link #relaxed} forgets the strings before. */
    boolean forgetsTexts() {
        Boolean known = forgetsTexts;
        if (known == null) {
            known = seen.size() < MAX_TOLD_APART && takeAnyText();
            forgetsTexts = known;
        }
        return known;
    }

    private boolean takeAnyText() {
        if (frame.distinct().typesOfAlike(core, index) == UniformItems.VARIOUS) {
            return false;
        }
        DistinctPlace at = this;
        while (frame.distinct().matters(at.core) && !at.options().choices().isEmpty()) {
            if (at.mayBeginText() && !at.beginsAnyText()) {
                return false;
            }
            Core after = at.choice(0).after();
            int next = frame.next(at.index);
            if (after.equals(at.core) && next == at.index) {
                return true;
            }
            at = new DistinctPlace(frame, after, next, SeenItems.NONE);
        }
        return true;
    }

    private boolean mayBeginText() {
        return frame.stepper().step(start(), '"').size() > 0;
    }

    /** Whether strings are of any text. */
    private boolean beginsAnyText() {
        StackSet text = frame.stepper().step(start(), '"');
        return text.size() == 1
                && text.top(0) instanceof StringState string
                && string.isAnyText()
                && frame.stepper().distance(text, 0) == 1;
    }

    private Forgetting forgetting(Horizon horizon, String end) {
        for (Forgetting before : known) {
            if (before.horizon == horizon && before.end.equals(end)) {
                return before;
            }
        }
        if (known.size() == MAX_KNOWN) {
            known.clear();
        }
        Forgetting made = find(horizon, end);
        known.add(made);
        return made;
    }

    private Forgetting find(Horizon horizon, String end) {
        int types = frame.distinct().typesOfAlike(core, index);
        JsonTexts texts = JsonTexts.of(horizon);
        boolean isEnded = texts.longestWith(end.substring(0, 1)) > 0;
        boolean isApart = !isEnded
                || (types != UniformItems.VARIOUS && frame.distinct().uniform().areApart(types, end, horizon));
        if (!isApart || !isEnd(reachAfter(0), 0)) {
            return new Forgetting(horizon, end, null, -1);
        }
        int room = -1;
        if ((types & 1 << JsonType.STRING.ordinal()) != 0) {
            room = texts.longestQuoted(end);
            room = room < 0 ? room : Math.max(room, texts.longestQuoted(end(JsonType.STRING)));
        }
        SeenItems some = seen.shortTexts(room);
        return new Forgetting(horizon, end, some == seen ? this : new DistinctPlace(frame, core, index, some), room);
    }

    /** The end of an item and what certainly follows it. */
    private static String end(JsonType type) {
        return switch (type) {
            case STRING -> "\",";
            case OBJECT -> "},";
            case ARRAY -> "],";
            default -> ",";
        };
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DistinctPlace that
                        && hash == that.hash
                        && frame == that.frame
                        && index == that.index
                        && core.equals(that.core)
                        && seen.equals(that.seen));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
