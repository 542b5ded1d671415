package dev.espalier.schemas;

import dev.espalier.automata.ByteSet;
import dev.espalier.automata.Horizon;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Inside an item of an array whose items are compared: its text is kept, since equality is decided by all of it. The
 * item's own frames run inside this state. A value by what it was made of.
 */
final class DistinctItemState implements State {

    private final ArrayFrame frame;
    private final Core core;
    private final int index;
    private final SeenItems seen;
    private final StackSet item;
    private final ReadText text;
    private final int hash;
    /** The items before that this one may still become equal to, or more of them. */
    private final List<SeenItems.Item> before;
    /** The same, looked at closely; null while that was not asked. */
    private @Nullable Rivals rivals;

    /**
     * The items before that an item may still become equal to.
     *
     * @param next the bytes after which it still may, or more
     */
    private record Rivals(List<SeenItems.Item> items, ByteSet next) {
        static final Rivals NONE = new Rivals(List.of(), ByteSet.NONE);
    }

    /**
     * Inside an item.
     *
     * @param frame the array's frame
     * @param core what is left to decide before the item
     * @param index the item's index, as far as indices are told apart
     * @param seen the items before
     * @param item the stacks of the item's frames
     * @param text the item's text so far
     */
    DistinctItemState(ArrayFrame frame, Core core, int index, SeenItems seen, StackSet item, ReadText text) {
        this(frame, core, index, seen, item, text, text.isForgotten() ? List.of() : seen.items());
    }

    private DistinctItemState(
            ArrayFrame frame,
            Core core,
            int index,
            SeenItems seen,
            StackSet item,
            ReadText text,
            List<SeenItems.Item> before) {
        this.frame = frame;
        this.core = core;
        this.index = index;
        this.seen = seen;
        this.item = item;
        this.text = text;
        int mixed = 31 * System.identityHashCode(frame) + core.hashCode();
        mixed = 31 * (31 * mixed + index) + seen.hashCode();
        this.hash = 31 * (31 * mixed + item.hashCode()) + text.hashCode();
        this.before = before;
    }

    /** The state before an item that is not empty in what it may be. */
    static DistinctItemState start(ArrayFrame frame, Core core, int index, SeenItems seen) {
        DistinctItems.Options options = frame.distinct().options(core, index, seen);
        StackSet item = StackSet.of(frame.language().value(options.goal()));
        return new DistinctItemState(frame, core, index, seen, item, ReadText.EMPTY);
    }

    /** The stacks of the item's frames. */
    StackSet item() {
        return item;
    }

    private SchemaLanguage language() {
        return frame.language();
    }

    private DistinctItems.Options options() {
        return frame.distinct().options(core, index, seen);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        synchronized (language().monitor()) {
            language().deadline().start();
            language().deadline().inside(() -> {
                offer(symbol, moves);
                return true;
            });
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        for (int i = 0; i < item.size(); i++) {
            if (item.top(i).results().length > 0 || item.top(i).mayRead(symbol)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteSet readable() {
        ByteSet readable = ByteSet.NONE;
        for (int i = 0; i < item.size(); i++) {
            readable = item.top(i).results().length > 0
                    ? ByteSet.ALL
                    : readable.or(item.top(i).readable());
        }
        return readable;
    }

    private void offer(int symbol, Moves moves) {
        InnerStepper stepper = frame.stepper();
        for (int choice : stepper.results(item)) {
            ArrayState after = text.isForgotten() ? afterForgotten() : after(choice, value(new byte[0]));
            if (after != null) {
                after.moves(symbol, moves);
            }
        }
        StackSet next = stepper.step(item, symbol);
        if (!next.isEmpty()) {
            Rivals now = rivals();
            List<SeenItems.Item> left = now.next.contains(symbol) ? now.items : List.of();
            DistinctItemState state = new DistinctItemState(frame, core, index, seen, next, text.then(symbol), left);
            if (text.isForgotten() || state.isLive()) {
                moves.stay(state);
            }
        }
    }

    /** The array behind the item; null if the item must not have that value. */
    private @Nullable ArrayState after(int index, ItemValue value) {
        DistinctItems.Choice choice = options().choices().get(index);
        boolean good = seen.contains(value) ? choice.repeated() : choice.fresh();
        return good ? frame.distinct().after(choice, this.index, seen, value) : null;
    }

    /** The array behind an item that is equal to no other one. */
    private ArrayState afterForgotten() {
        Core after = options().choices().get(0).after();
        return new ArrayState(frame, after, frame.next(index), seen, ArrayState.Place.ITEM, 0);
    }

    private ItemValue value(byte[] added) {
        byte[] read = text.bytes();
        byte[] whole = Arrays.copyOf(read, read.length + added.length);
        System.arraycopy(added, 0, whole, read.length, added.length);
        return ItemValue.of(whole, language().limits());
    }

    /** Whether the item can be completed to a value that is good. */
    private boolean isLive() {
        DistinctItems.Options options = options();
        boolean anyNew = options.choices().stream().allMatch(DistinctItems.Choice::fresh);
        if (anyNew && (!mayRepeat() || hasMore())) {
            return true;
        }
        for (int choice = 0; choice < options.choices().size(); choice++) {
            if (isPossible(choice)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the item can certainly become more values than were used. */
    private boolean hasMore() {
        boolean some = seen.items().size() < SchemaLanguage.PLENTY;
        return (some ? language().plenty() : language().endless()).canGoOn(item);
    }

    /** Whether the item can certainly become endlessly many values after which the array can go on. */
    boolean canGoOn() {
        return options().choices().stream().allMatch(DistinctItems.Choice::fresh)
                && language().endless().canGoOn(item);
    }

    /** Whether the item may still become equal to one before. */
    private boolean mayRepeat() {
        return !rivals().items.isEmpty();
    }

    private Rivals rivals() {
        if (before.isEmpty()) {
            return Rivals.NONE;
        }
        Rivals known = rivals;
        if (known == null) {
            known = findRivals();
            rivals = known;
        }
        return known;
    }

    private Rivals findRivals() {
        byte[] read = text.bytes();
        List<SeenItems.Item> left = new ArrayList<>();
        ByteSet next = ByteSet.NONE;
        for (SeenItems.Item item : before) {
            ByteSet leads = PartialItem.next(read, item.value().value());
            if (leads != ByteSet.NONE) {
                next = next.or(leads);
                left.add(item);
            }
        }
        return left.isEmpty() ? Rivals.NONE : new Rivals(left, next);
    }

    /** Whether the item can be completed to a good value of a class. */
    private boolean isPossible(int index) {
        DistinctItems.Choice choice = options().choices().get(index);
        if (frame.stepper().distance(item, index) == Integer.MAX_VALUE) {
            return false;
        }
        if (choice.fresh() && (choice.repeated() || !mayRepeat())) {
            return true;
        }
        TextSearch search = search(index, choice.fresh());
        for (byte[] added = search.next(); added != null; added = search.next()) {
            if (after(index, value(added)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Completions with a result; unless new values are wanted, only those that may repeat an item before. */
    private TextSearch search(int choice, boolean fresh) {
        byte[] read = text.bytes();
        return new TextSearch(
                language(),
                item,
                CanonicalText.after(read),
                choice,
                language().layout().isPretty(),
                added -> fresh || mayRepeat(read, added));
    }

    private boolean mayRepeat(byte[] read, byte[] added) {
        byte[] whole = Arrays.copyOf(read, read.length + added.length);
        System.arraycopy(added, 0, whole, read.length, added.length);
        return rivals().items.stream()
                .map(SeenItems.Item::value)
                .anyMatch(value -> PartialItem.canBecome(whole, value.value()));
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    private Reach reach() {
        synchronized (language().monitor()) {
            language().deadline().start();
            return language().deadline().inside(() -> {
                Reach reach = Reach.NONE;
                for (int choice = 0; choice < options().choices().size(); choice++) {
                    reach = reach.or(language().isEstimating() ? estimated(choice) : reach(choice));
                }
                return reach;
            });
        }
    }

    /** What a class may reach, no further than it is, without looking at single values. */
    private Reach estimated(int index) {
        DistinctItems.Choice choice = options().choices().get(index);
        int distance = frame.stepper().distance(item, index);
        if (distance == Integer.MAX_VALUE) {
            return Reach.NONE;
        }
        return frame.distinct().estimate(choice, this.index, seen).plus(distance);
    }

    private Reach reach(int index) {
        DistinctItems.Choice choice = options().choices().get(index);
        int distance = frame.stepper().distance(item, index);
        if (distance == Integer.MAX_VALUE) {
            return Reach.NONE;
        }
        int then = frame.next(this.index);
        Reach least = frame.distinct().reach(choice.after(), then, seen);
        if (choice.fresh() && isEnd(least, choice) && (text.isForgotten() || !mayRepeat())) {
            return least.plus(distance);
        }
        Reach best = choice.fresh() ? searched(index, true, least) : Reach.NONE;
        // what follows an item that repeats one before has nothing to do with what follows new ones
        return choice.repeated() && mayRepeat() ? best.or(searched(index, false, least)) : best;
    }

    /** Whether nothing but the end of the array is reached behind an item, and reached at once. */
    private boolean isEnd(Reach reach, DistinctItems.Choice choice) {
        return reach.equals(
                Reach.of(frame.result(choice.after()), 1 + language().layout().line(0)));
    }

    /** What the completions of a class reach: all that repeat an item before, or new ones as long as they may be better. */
    private Reach searched(int index, boolean fresh, Reach least) {
        Reach best = Reach.NONE;
        TextSearch search = search(index, fresh);
        for (byte[] added = search.next(); added != null; added = search.next()) {
            ArrayState after = after(index, value(added));
            if (after != null) {
                best = best.or(after.reach().plus(added.length));
            }
            if (fresh && isBest(best, least, added.length)) {
                break;
            }
        }
        return best;
    }

    /** Whether longer completions cannot be better: not even if what follows were as short as it can be. */
    private static boolean isBest(Reach best, Reach least, int bytes) {
        for (int i = 0; i < least.size(); i++) {
            if (best.to(least.result(i)) > Reach.add(bytes, least.cost(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int[] goal() {
        return reach().results();
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }

    @Override
    public int plainTextBound() {
        boolean free = item.size() == 1 && item.top(0).plainTextBound() == Integer.MAX_VALUE;
        synchronized (language().monitor()) {
            return free && options().choices().stream().allMatch(DistinctItems.Choice::fresh) ? Integer.MAX_VALUE : -1;
        }
    }

    /** A text that is of no account changes nothing but the item's own frames. */
    @Override
    public boolean isUnmovedByText() {
        return text.isForgotten() && item.size() == 1 && item.top(0).isUnmovedByText();
    }

    /**
     * An item that differs from all before stands for all such items, whatever those were, if no text of the horizon ends it
     * and then one that is equal to it or to one of those. Until another item ends, only its own frames count.
     */
    @Override
    public State within(Horizon horizon) {
        if (text.length() == 0 || (!text.isForgotten() && mayRepeat())) {
            return this;
        }
        synchronized (language().monitor()) {
            language().deadline().start();
            return language().deadline().inside(() -> {
                if (text.isForgotten()) {
                    return forgotten(horizon, seen);
                }
                boolean hasEnd = frame.stepper().results(item).length > 0;
                SeenItems some = after(horizon, hasEnd, 0);
                return some == null ? this : forgotten(horizon, some);
            });
        }
    }

    private DistinctItemState forgotten(Horizon horizon, SeenItems some) {
        StackSet near = frame.stepper().within(item, horizon);
        return text.isForgotten() && near.equals(item)
                ? this
                : new DistinctItemState(frame, core, index, some, near, ReadText.FORGOTTEN);
    }

    /**
     * The items before that count for texts of a horizon if this one differs from all of them and its text does not count;
     * null if it does.
     *
     * @param hasEnd whether the item may be over
     * @param more characters that are read of it first
     */
    private @Nullable SeenItems after(Horizon horizon, boolean hasEnd, int more) {
        int types = frame.distinct().typesOfAlike(core, index);
        JsonType type = Objects.requireNonNull(JsonType.of(text.first()));
        String end = hasEnd ? "," : ends(type);
        if (types == DistinctItems.VARIOUS || !frame.distinct().areApart(types, end, horizon)) {
            return null;
        }
        DistinctItems.Choice choice = options().choices().get(0);
        if (!isEnd(frame.distinct().reach(choice.after(), frame.next(index), seen), choice)) {
            return null;
        }
        if ((types & 1 << JsonType.STRING.ordinal()) == 0) {
            return SeenItems.NONE;
        }
        int room = horizon.longestQuoted(end);
        room = room < 0 ? room : Math.max(room, horizon.longestQuoted(ends(JsonType.STRING)));
        boolean mayCome = type == JsonType.STRING && PartialItem.characters(text.bytes()) + more <= room;
        return mayCome ? null : seen.shortTexts(room);
    }

    /** What ends an item and follows it, as far as it is certain. */
    private static String ends(JsonType type) {
        return switch (type) {
            case STRING -> "\",";
            case OBJECT -> "},";
            case ARRAY -> "],";
            default -> ",";
        };
    }

    /** Two bytes that the item's frame reads alike are so here, if after both the item differs from all before. */
    @Override
    public int like(int symbol, Horizon horizon) {
        if (item.size() != 1 || text.length() == 0 || item.top(0).results().length > 0) {
            return symbol;
        }
        int like = item.top(0).like(symbol, horizon);
        if (like == symbol || text.isForgotten()) {
            return like;
        }
        if (isEndOfItem(symbol) || isEndOfItem(like)) {
            return symbol;
        }
        synchronized (language().monitor()) {
            language().deadline().start();
            return language().deadline().inside(() -> {
                ByteSet repeating = rivals().next;
                boolean apart = !repeating.contains(symbol) && !repeating.contains(like);
                return apart && after(horizon, false, like < 0x80 ? 1 : 0) != null ? like : symbol;
            });
        }
    }

    private static boolean isEndOfItem(int symbol) {
        return symbol == '"' || symbol == '}' || symbol == ']';
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DistinctItemState that
                        && hash == that.hash
                        && frame == that.frame
                        && index == that.index
                        && core.equals(that.core)
                        && seen.equals(that.seen)
                        && item.equals(that.item)
                        && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
