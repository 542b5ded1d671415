package dev.espalier.schemas.array;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Family;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.automata.state.TextView;
import dev.espalier.schemas.item.Endlessness;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.item.NestedItem;
import dev.espalier.schemas.item.PartialItem;
import dev.espalier.schemas.item.ReadText;
import dev.espalier.schemas.item.Rivals;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.item.ValueSearch;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.ReadNumber;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.TextState;
import dev.espalier.schemas.string.StringState;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.InnerStepper;
import dev.espalier.schemas.work.LanguageLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state inside an item of an array whose items are compared. It keeps the text of the item, since equality depends on all of it. The
 * item's own frames run inside this state. Equal if its components are.
 */
public final class DistinctItemState implements TextState, NestedItem {

    /** The bytes that may follow an item. */
    private static final ByteSet BEHIND =
            ByteSet.of(symbol -> symbol == ',' || symbol == ']' || Blanks.isBlank(symbol));

    /** The bytes that may end an item, except numbers and literals. */
    private static final ByteSet ENDS = ByteSet.of(symbol -> symbol == '"' || symbol == '}' || symbol == ']');

    /** Bytes that need not be tried after a text: what they lead to has other spellings. */
    private static final ByteSet NO_NEXT = ByteSet.of(symbol -> symbol == '\\' || Blanks.isBlank(symbol));

    /** The number of common beginnings examined to find one from which a text departs. */
    private static final int MAX_ALIKE = 16;

    private final DistinctPlace place;
    private final StackSet item;
    private final ReadText text;
    private final int hash;
    /** The earlier items that this one may still become equal to. */
    private final Rivals rivals;

    /** The reachable results; null until asked for. Guarded by the language's lock, as is its estimate. */
    private @Nullable Reach reach;

    private @Nullable Reach estimate;

    /** The value, if the item is over; null until asked for. */
    private @Nullable ItemValue value;

    private DistinctItemState(DistinctPlace place, StackSet item, ReadText text, Rivals rivals) {
        this.place = place;
        this.item = item;
        this.text = text;
        this.hash = 31 * (31 * place.hashCode() + item.hashCode()) + text.hashCode();
        this.rivals = rivals;
    }

    /** The state before an item of which some value is possible. */
    static DistinctItemState start(ArrayItems frame, Core core, int index, SeenItems seen) {
        DistinctPlace place = new DistinctPlace(frame, core, index, seen);
        return new DistinctItemState(place, place.start(), ReadText.EMPTY, seen.rivals());
    }

    @Override
    public StackSet item() {
        return item;
    }

    private ItemLanguage language() {
        return place.language();
    }

    private InnerStepper stepper() {
        return place.frame().stepper();
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        try (LanguageLock held = language().lock().enter()) {
            language().deadline().inside(() -> {
                offer(symbol, moves);
                return true;
            });
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        for (int i = 0; i < item.size(); i++) {
            if (ByteView.mayRead(item.top(i), symbol) || (mayEnd(i) && (isNested(i) || isBehind(symbol)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ByteSet readable() {
        ByteSet readable = ByteSet.NONE;
        for (int i = 0; i < item.size(); i++) {
            readable = readable.or(ByteView.readable(item.top(i)));
            readable = mayEnd(i) ? readable.or(isNested(i) ? ByteSet.ALL : BEHIND) : readable;
        }
        return readable;
    }

    private boolean mayEnd(int i) {
        return item.top(i).results().length > 0;
    }

    /** Whether a top state is that of something inside the item. */
    private boolean isNested(int i) {
        return item.below(i).size() > 0;
    }

    private static boolean isBehind(int symbol) {
        return symbol < SPECIAL && BEHIND.contains(symbol);
    }

    private void offer(int symbol, Moves moves) {
        if (isBehind(symbol)) {
            for (int choice : stepper().results(item)) {
                ArrayState after = text.isForgotten() ? place.afterNew() : place.after(choice, value());
                if (after != null) {
                    after.moves(symbol, moves);
                }
            }
        }
        StackSet next = stepper().step(item, symbol);
        if (!next.isEmpty()) {
            DistinctItemState state = then(symbol, next);
            if (text.isForgotten() || state.isLive()) {
                moves.stay(state);
            }
        }
    }

    private DistinctItemState then(int symbol, StackSet next) {
        return new DistinctItemState(place, next, text.then(symbol), rivals.then(symbol, text));
    }

    private ItemValue value() {
        ItemValue known = value;
        if (known == null) {
            known = value(new byte[0]);
            value = known;
        }
        return known;
    }

    private ItemValue value(byte[] added) {
        byte[] read = text.bytes();
        byte[] whole = Arrays.copyOf(read, read.length + added.length);
        System.arraycopy(added, 0, whole, read.length, added.length);
        return ItemValue.of(whole);
    }

    /** True if the item can be completed to an allowed value. */
    private boolean isLive() {
        if (place.takesAnyNew() && (!mayRepeat() || hasMore() || canDiffer())) {
            return true;
        }
        for (int choice = 0; choice < choices(); choice++) {
            if (isPossible(choice)) {
                return true;
            }
        }
        return false;
    }

    /** True if the item can certainly become more values than were used. */
    private boolean hasMore() {
        return values().canGoOn(item);
    }

    /** The proofs that there are more values than were used. */
    private Endlessness values() {
        return place.seen().size() < ItemLanguage.PLENTY
                ? language().plenty()
                : language().endless();
    }

    /**
     * True if the item can certainly be completed to a value that differs from all earlier ones. Examines a few beginnings shared with
     * those: one is a new value, or some byte after it departs from all of them. Whatever the frames read can be completed.
     */
    private boolean canDiffer() {
        List<DistinctItemState> alike = new ArrayList<>(List.of(this));
        for (int i = 0; i < alike.size(); i++) {
            DistinctItemState at = alike.get(i);
            if (at.isNewNow()) {
                return true;
            }
            ByteSet repeating = at.rivals.next(at.text);
            ByteSet readable = at.readable().without(NO_NEXT);
            for (int symbol = 0; symbol < SPECIAL; symbol++) {
                boolean leadsAway = !repeating.contains(symbol);
                if (!readable.contains(symbol) || (!leadsAway && alike.size() == MAX_ALIKE)) {
                    continue;
                }
                StackSet next = stepper().step(at.item, symbol);
                if (!next.isEmpty()) {
                    DistinctItemState longer = at.then(symbol, next);
                    if (leadsAway || !longer.mayRepeat()) {
                        return true;
                    }
                    alike.add(longer);
                }
            }
        }
        return false;
    }

    /** True if the item may be over, and differs from all earlier ones. */
    private boolean isNewNow() {
        return stepper().results(item).length > 0 && !place.seen().contains(value());
    }

    /** True if the item can certainly become infinitely many values after which the array can go on. */
    public boolean canGoOn() {
        return place.takesAnyNew() && language().endless().canGoOn(item);
    }

    private int choices() {
        return place.options().choices().size();
    }

    /** True if the item may still become equal to an earlier one. */
    private boolean mayRepeat() {
        return !rivals.isEmpty();
    }

    /** True if the item can be completed to an allowed value of a class. */
    private boolean isPossible(int index) {
        DistinctItems.Choice choice = place.choice(index);
        if (stepper().distance(item, index) == Integer.MAX_VALUE) {
            return false;
        }
        if (choice.fresh() && (choice.repeated() || !mayRepeat())) {
            return true;
        }
        if (!choice.fresh()) {
            return search(index, ValueSearch.Aim.SAME).next() != null;
        }
        // what can only repeat some of many is dead, whatever the others are
        List<ItemValue> some = rivals.size() > MAX_ALIKE ? rivals.ended() : List.of();
        return (some.isEmpty() || search(index, ValueSearch.Aim.OTHERS, some).next() != null)
                && search(index, ValueSearch.Aim.OTHERS).next() != null;
    }

    /**
     * A search for the values with a result that differ from the rivals, or that equal one of them. If a class has few containers, they
     * are searched for one by one, since the members of each come in one order only.
     */
    private ValueSearch search(int choice, ValueSearch.Aim aim) {
        return search(choice, aim, rivals.values(text));
    }

    private ValueSearch search(int choice, ValueSearch.Aim aim, List<ItemValue> items) {
        boolean isContainer = text.first() == '{' || text.first() == '[';
        List<ItemValue> few = isContainer && aim != ValueSearch.Aim.SAME ? place.fewValues(choice) : null;
        if (few == null) {
            return new ValueSearch(language(), item, text.bytes(), choice, aim, items);
        }
        List<ItemValue> left = new ArrayList<>(few);
        if (aim == ValueSearch.Aim.OTHERS) {
            left.removeAll(items);
        }
        return new ValueSearch(language(), item, text.bytes(), choice, ValueSearch.Aim.SAME, left);
    }

    @Override
    public List<ReadNumber> numbers() {
        if (text.isForgotten()) {
            return List.of();
        }
        byte[] read = text.bytes();
        return rivals.values(text).stream()
                .map(value -> PartialItem.number(read, value))
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    private Reach reach() {
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> {
                return language().isEstimating()
                        ? language().remembered(estimate, found -> estimate = found, this::findReach)
                        : language().remembered(reach, found -> reach = found, this::findReach);
            });
        }
    }

    private Reach findReach() {
        Reach reach = Reach.NONE;
        for (int choice = 0; choice < choices(); choice++) {
            reach = reach.or(language().isEstimating() ? estimated(choice) : reach(choice));
        }
        return reach;
    }

    /** The results that a class may have, each with a lower bound on the bytes to it, without looking at single values. */
    private Reach estimated(int index) {
        int distance = stepper().distance(item, index);
        return distance == Integer.MAX_VALUE
                ? Reach.NONE
                : place.estimate(index, Math.max(1, text.least()), mayRepeat()).plus(distance);
    }

    private Reach reach(int index) {
        DistinctItems.Choice choice = place.choice(index);
        int distance = stepper().distance(item, index);
        if (distance == Integer.MAX_VALUE) {
            return Reach.NONE;
        }
        Reach least = place.reachAfter(index);
        if (text.isForgotten()) {
            return choice.fresh() ? least.plus(distance) : Reach.NONE;
        }
        Reach best = Reach.NONE;
        if (choice.fresh() && place.isEnd(least, index)) {
            int other = toOther(index, distance);
            best = other == Integer.MAX_VALUE ? Reach.NONE : least.plus(other);
        } else if (choice.fresh()) {
            best = searched(index, ValueSearch.Aim.EVERY, least);
        }
        // what follows an item that repeats one before has nothing to do with what follows new ones
        boolean again = choice.repeated()
                && mayRepeat()
                && !isBest(best, place.reachAfterRepeated(index), Math.max(distance, leastToRepeat()));
        return again ? best.or(searched(index, ValueSearch.Aim.SAME, least)) : best;
    }

    /** A lower bound on the bytes until the item is equal to one before. */
    private int leastToRepeat() {
        return Math.max(0, rivals.least() - Math.max(0, text.length()));
    }

    /** The bytes until the item is over and differs from all earlier ones. */
    private int toOther(int index, int distance) {
        if (!mayRepeat()) {
            return distance;
        }
        ValueSearch.Found found = search(index, ValueSearch.Aim.OTHERS).next();
        return found == null ? Integer.MAX_VALUE : found.bytes();
    }

    /** The results of the completions of a class: all that repeat an earlier item, or new ones as long as they may be better. */
    private Reach searched(int index, ValueSearch.Aim aim, Reach least) {
        Reach best = Reach.NONE;
        ValueSearch search = search(index, aim);
        for (ValueSearch.Found found = search.next(); found != null; found = search.next()) {
            ArrayState after = place.after(index, value(found.added()));
            if (after != null) {
                best = best.or(after.reach().plus(found.bytes()));
            }
            if (aim == ValueSearch.Aim.EVERY && isBest(best, least, found.bytes())) {
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
    public int farthest(Horizon horizon) {
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> place.farthestOfStrings(horizon));
        }
    }

    /** If any new string will do, strings forget their texts and the earlier strings, and other items forget the earlier strings. */
    @Override
    public @Nullable State relaxed() {
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(this::findRelaxed);
        }
    }

    private @Nullable State findRelaxed() {
        boolean forgets = text.first() == '"' && item.size() == 1 && !isNested(0) && place.forgetsTexts();
        DistinctPlace some = place.relaxed();
        if (!forgets && some == place) {
            return null;
        }
        if (forgets || text.isForgotten()) {
            return new DistinctItemState(some, item, ReadText.FORGOTTEN, Rivals.NONE);
        }
        return new DistinctItemState(
                some, item, text, text.length() == 0 ? some.seen().rivals() : rivals);
    }

    @Override
    public boolean endsForgotten(int symbol) {
        return symbol == '"' && item.size() == 1 && !isNested(0) && item.top(0) instanceof StringState;
    }

    /** True for a string with which no earlier string begins. */
    @Override
    public boolean isApart() {
        boolean isString = item.size() == 1 && !isNested(0) && item.top(0) instanceof StringState;
        return isString && (text.isForgotten() || !mayRepeat());
    }

    @Override
    public int plainTextBound() {
        TextView inner = item.size() == 1 ? item.top(0).textView() : null;
        boolean free = inner != null && inner.plainTextBound() == Integer.MAX_VALUE;
        try (LanguageLock held = language().lock().enter()) {
            return free && place.takesAnyNew() ? Integer.MAX_VALUE : -1;
        }
    }

    /** If any new value will do, a text is live if the item's own frames read it, as long as no earlier item begins with it. */
    @Override
    public @Nullable Family family() {
        if (text.length() == 0 || item.size() != 1 || (mayEnd(0) && isNested(0))) {
            return null;
        }
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> place.takesAnyNew() ? keeping() : null);
        }
    }

    private Family keeping() {
        ByteSet behind = mayEnd(0) ? BEHIND : ByteSet.NONE;
        ByteSet repeating = repeating();
        return values().isAlwaysEndless(item.top(0))
                ? new Family.Keeping(item.top(0), behind, repeating)
                : new Family.Keeping(item.top(0), behind.or(repeating), ByteSet.NONE);
    }

    /**
     * The bytes with which an earlier item continues. If what follows the frame can still become infinitely many values, nothing inside
     * it counts as a repetition.
     */
    private ByteSet repeating() {
        return mayRepeat() && !values().canReturn(item.below(0)) ? rivals.next(text) : ByteSet.NONE;
    }

    @Override
    public boolean characters(Characters characters) {
        boolean isAlone = text.isForgotten() && item.size() == 1 && !isNested(0) && !mayEnd(0);
        TextView inner = isAlone ? item.top(0).textView() : null;
        return inner != null
                && inner.characters((first, last, next) -> characters.lead(
                        first, last, new DistinctItemState(place, StackSet.of(next), text, Rivals.NONE)));
    }

    /**
     * An item that differs from all earlier ones represents all such items, unless a text of the horizon ends it and then another item
     * equal to it or to an earlier one. Until another item ends, only its own frames count.
     */
    @Override
    public State within(Horizon horizon) {
        if (text.length() == 0 || (!text.isForgotten() && mayRepeat())) {
            return this;
        }
        try (LanguageLock held = language().lock().enter()) {
            return language().deadline().inside(() -> {
                if (text.isForgotten()) {
                    return forgotten(horizon, place);
                }
                DistinctPlace some = place.within(horizon, text, stepper().results(item).length > 0, 0);
                return some == null ? this : forgotten(horizon, some);
            });
        }
    }

    private DistinctItemState forgotten(Horizon horizon, DistinctPlace some) {
        StackSet near = stepper().within(item, horizon);
        return text.isForgotten() && near.equals(item)
                ? this
                : new DistinctItemState(some, near, ReadText.FORGOTTEN, Rivals.NONE);
    }

    /** Two bytes that the item's frame reads alike are alike here if after both the item differs from all earlier ones. */
    @Override
    public int like(int symbol, Horizon horizon) {
        if (!mayBeAlike()) {
            return symbol;
        }
        ByteView inner = item.top(0).byteView();
        int like = inner == null ? symbol : inner.like(symbol, horizon);
        if (like == symbol || text.isForgotten()) {
            return like;
        }
        if (isEndOfItem(symbol) || isEndOfItem(like)) {
            return symbol;
        }
        return isForgottenBehind(like, horizon) && !leadsToRival(symbol) ? like : symbol;
    }

    private boolean mayBeAlike() {
        return item.size() == 1 && text.length() != 0 && !mayEnd(0);
    }

    private boolean leadsToRival(int symbol) {
        return rivals.next(text).contains(symbol);
    }

    /** True if after a byte the item differs from all earlier ones, and its text does not matter for a horizon. */
    private boolean isForgottenBehind(int symbol, Horizon horizon) {
        try (LanguageLock held = language().lock().enter()) {
            return language()
                    .deadline()
                    .inside(() ->
                            !leadsToRival(symbol) && place.within(horizon, text, false, symbol < 0x80 ? 1 : 0) != null);
        }
    }

    private static boolean isEndOfItem(int symbol) {
        return symbol < SPECIAL && ENDS.contains(symbol);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof DistinctItemState that
                        && hash == that.hash
                        && place.equals(that.place)
                        && item.equals(that.item)
                        && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
