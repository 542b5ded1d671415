package dev.espalier.schemas;

import dev.espalier.automata.Horizon;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Inside an item of an array whose items are compared: its text is kept, since equality is decided by all of it. The
 * item's own frames run inside this state.
 *
 * @param frame the array's frame
 * @param core what is left to decide before the item
 * @param index the item's index, as far as indices are told apart
 * @param seen the items before
 * @param item the stacks of the item's frames
 * @param text the item's text so far
 */
record DistinctItemState(ArrayFrame frame, Core core, int index, SeenItems seen, StackSet item, ReadText text)
        implements State {

    /** What a text must have in this order to end a string and read another one. */
    private static final String TEXT_AND_TEXT = "\",\"\"";

    /** … where the first one is already read. */
    private static final String END_AND_TEXT = ",\"\"";

    /** The state before an item that is not empty in what it may be. */
    static DistinctItemState start(ArrayFrame frame, Core core, int index, SeenItems seen) {
        DistinctItems.Options options = frame.distinct().options(core, index, seen);
        StackSet item = StackSet.of(frame.language().value(options.goal()));
        return new DistinctItemState(frame, core, index, seen, item, ReadText.EMPTY);
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

    private void offer(int symbol, Moves moves) {
        Stepper stepper = language().stepper();
        for (int choice : stepper.results(item)) {
            ArrayState after = text.isForgotten() ? afterForgotten() : after(choice, value(new byte[0]));
            if (after != null) {
                after.moves(symbol, moves);
            }
        }
        StackSet next = stepper.step(item, symbol);
        if (!next.isEmpty()) {
            DistinctItemState state = new DistinctItemState(frame, core, index, seen, next, text.then(symbol));
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
        if (anyNew && (seen.isEmpty() || language().endless().canGoOn(item) || !mayRepeat())) {
            return true;
        }
        for (int choice = 0; choice < options.choices().size(); choice++) {
            if (isPossible(choice)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the item may still become equal to one before. */
    private boolean mayRepeat() {
        byte[] read = text.bytes();
        return seen.items().stream()
                .map(SeenItems.Item::value)
                .anyMatch(value -> PartialItem.canBecome(read, value.value()));
    }

    /** Whether the item can be completed to a good value of a class. */
    private boolean isPossible(int index) {
        DistinctItems.Choice choice = options().choices().get(index);
        Stepper stepper = language().stepper();
        if (stepper.distance(item, index) == Integer.MAX_VALUE) {
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
        return seen.items().stream()
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
        int distance = language().stepper().distance(item, index);
        if (distance == Integer.MAX_VALUE) {
            return Reach.NONE;
        }
        return frame.distinct().estimate(choice, this.index, seen).plus(distance);
    }

    private Reach reach(int index) {
        DistinctItems.Choice choice = options().choices().get(index);
        int distance = language().stepper().distance(item, index);
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

    /**
     * An item that differs from all before stands for all such items, whatever those were, if no text of the horizon ends it
     * and then one that is equal to it or to one of those. Until another item ends, only its own frames count.
     */
    @Override
    public State within(Horizon horizon) {
        boolean isLeast = text.isForgotten()
                && seen.isEmpty()
                && item.size() == 1
                && item.top(0).within(horizon).equals(item.top(0));
        if (isLeast || text.length() == 0) {
            return this;
        }
        synchronized (language().monitor()) {
            language().deadline().start();
            return language().deadline().inside(() -> {
                String ends = language().stepper().results(item).length > 0 ? END_AND_TEXT : TEXT_AND_TEXT;
                int room = horizon.longestWith(ends) - ends.length();
                return text.isForgotten() || mayForget(room) ? forgotten(horizon, room) : this;
            });
        }
    }

    private DistinctItemState forgotten(Horizon horizon, int room) {
        StackSet near = language().stepper().within(item, horizon);
        SeenItems some = seen.shortTexts(room);
        return text.isForgotten() && near.equals(item) && some.equals(seen)
                ? this
                : new DistinctItemState(frame, core, index, some, near, ReadText.FORGOTTEN);
    }

    /** Whether an item equal to this one has more characters than fit, and this one differs from all before. */
    private boolean mayForget(int room) {
        if (!frame.distinct().isAlike(core, index) || (room >= 0 && PartialItem.characters(text.bytes()) <= room)) {
            return false;
        }
        DistinctItems.Choice choice = options().choices().get(0);
        return isEnd(frame.distinct().reach(choice.after(), frame.next(index), seen), choice) && !mayRepeat();
    }
}
