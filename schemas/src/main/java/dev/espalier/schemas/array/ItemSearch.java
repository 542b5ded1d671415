// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.State;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.ItemValue;
import dev.espalier.schemas.item.Rivals;
import dev.espalier.schemas.item.ValueSearch;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.InnerStepper;
import java.util.ArrayList;
import java.util.List;

/**
 * A search for the values that an item can still become, and for the results behind them. All states of an item share one. Guarded by the
 * language's lock.
 */
@FastPath(oracle = "UniqueItemsExactnessTest")
final class ItemSearch {

    /** Bytes that need not be tried after a text: what they lead to has other spellings. */
    private static final ByteSet NO_NEXT = ByteSet.of(symbol -> symbol == '\\' || Blanks.isBlank(symbol));

    /** The number of common beginnings examined to find one from which a text departs. */
    private static final int MAX_ALIKE = 16;

    private final DistinctPlace place;

    ItemSearch(DistinctPlace place) {
        this.place = place;
    }

    private ItemLanguage language() {
        return place.language();
    }

    private InnerStepper stepper() {
        return place.frame().stepper();
    }

    private int choices() {
        return place.options().choices().size();
    }

    /** True if an item can be completed to an allowed value. */
    boolean isLive(DistinctItemState at) {
        if (place.takesAnyNew() && (!at.mayRepeat() || hasMore(at) || canDiffer(at))) {
            return true;
        }
        for (int choice = 0; choice < choices(); choice++) {
            if (isPossible(at, choice)) {
                return true;
            }
        }
        return false;
    }

    /** True if the item can certainly become more values than were used. */
    private boolean hasMore(DistinctItemState at) {
        return place.manyValues().canGoOn(at.item());
    }

    /**
     * True if the item can certainly be completed to a value that differs from all earlier ones. Examines a few beginnings shared with
     * those: one is a new value, or some byte after it departs from all of them. Whatever the frames read can be completed.
     */
    private boolean canDiffer(DistinctItemState from) {
        List<DistinctItemState> alike = new ArrayList<>(List.of(from));
        for (int i = 0; i < alike.size(); i++) {
            DistinctItemState at = alike.get(i);
            if (isNewNow(at)) {
                return true;
            }
            ByteSet repeating = at.rivals().next(at.text());
            ByteSet readable = at.readable().without(NO_NEXT);
            for (int symbol = 0; symbol < State.SPECIAL; symbol++) {
                boolean leadsAway = !repeating.contains(symbol);
                if (!readable.contains(symbol) || (!leadsAway && alike.size() == MAX_ALIKE)) {
                    continue;
                }
                StackSet next = stepper().step(at.item(), symbol);
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
    private boolean isNewNow(DistinctItemState at) {
        return stepper().results(at.item()).length > 0 && !place.seen().contains(at.value());
    }

    /** True if the item can be completed to an allowed value of a class. */
    private boolean isPossible(DistinctItemState at, int index) {
        ItemOptions.Choice choice = place.choice(index);
        if (stepper().distance(at.item(), index) == Integer.MAX_VALUE) {
            return false;
        }
        if (choice.fresh() && (choice.repeated() || !at.mayRepeat())) {
            return true;
        }
        if (!choice.fresh()) {
            return values(at, index, ValueSearch.Aim.SAME).next() != null;
        }
        // what can only repeat some of many is dead, whatever the others are
        Rivals rivals = at.rivals();
        List<ItemValue> some = rivals.size() > MAX_ALIKE ? rivals.ended() : List.of();
        return (some.isEmpty()
                        || values(at, index, ValueSearch.Aim.OTHERS, some).next() != null)
                && values(at, index, ValueSearch.Aim.OTHERS).next() != null;
    }

    /**
     * A search for the values with a result that differ from the rivals, or that equal one of them. If a class has few containers, they
     * are searched for one by one, since the members of each come in one order only.
     */
    private ValueSearch values(DistinctItemState at, int choice, ValueSearch.Aim aim) {
        return values(at, choice, aim, at.rivals().values(at.text()));
    }

    private ValueSearch values(DistinctItemState at, int choice, ValueSearch.Aim aim, List<ItemValue> items) {
        int first = at.text().first();
        boolean isContainer = first == '{' || first == '[';
        List<ItemValue> few = isContainer && aim != ValueSearch.Aim.SAME ? place.fewValues(choice) : null;
        if (few == null) {
            return new ValueSearch(language(), at.item(), at.text().bytes(), choice, aim, items);
        }
        List<ItemValue> left = new ArrayList<>(few);
        if (aim == ValueSearch.Aim.OTHERS) {
            left.removeAll(items);
        }
        return new ValueSearch(language(), at.item(), at.text().bytes(), choice, ValueSearch.Aim.SAME, left);
    }

    /** The results that can be reached. While distances are estimated, each with a lower bound on the bytes to it. */
    Reach reach(DistinctItemState at) {
        Reach reach = Reach.NONE;
        for (int choice = 0; choice < choices(); choice++) {
            reach = reach.or(language().isEstimating() ? estimated(at, choice) : reach(at, choice));
        }
        return reach;
    }

    /** The results that a class may have, each with a lower bound on the bytes to it, without looking at single values. */
    private Reach estimated(DistinctItemState at, int index) {
        int distance = stepper().distance(at.item(), index);
        return distance == Integer.MAX_VALUE
                ? Reach.NONE
                : place.estimate(index, Math.max(1, at.text().least()), at.mayRepeat())
                        .plus(distance);
    }

    private Reach reach(DistinctItemState at, int index) {
        ItemOptions.Choice choice = place.choice(index);
        int distance = stepper().distance(at.item(), index);
        if (distance == Integer.MAX_VALUE) {
            return Reach.NONE;
        }
        Reach least = place.reachAfter(index);
        if (at.text().isForgotten()) {
            return choice.fresh() ? least.plus(distance) : Reach.NONE;
        }
        Reach best = Reach.NONE;
        if (choice.fresh() && place.isEnd(least, index)) {
            int other = toOther(at, index, distance);
            best = other == Integer.MAX_VALUE ? Reach.NONE : least.plus(other);
        } else if (choice.fresh()) {
            best = searched(at, index, ValueSearch.Aim.EVERY, least);
        }
        // what follows an item that repeats one before has nothing to do with what follows new ones
        boolean again = choice.repeated()
                && at.mayRepeat()
                && !isBest(best, place.reachAfterRepeated(index), Math.max(distance, leastToRepeat(at)));
        return again ? best.or(searched(at, index, ValueSearch.Aim.SAME, least)) : best;
    }

    /** A lower bound on the bytes until the item is equal to one before. */
    private static int leastToRepeat(DistinctItemState at) {
        return Math.max(0, at.rivals().least() - Math.max(0, at.text().length()));
    }

    /** The bytes until the item is over and differs from all earlier ones. */
    private int toOther(DistinctItemState at, int index, int distance) {
        if (!at.mayRepeat()) {
            return distance;
        }
        ValueSearch.Found found = values(at, index, ValueSearch.Aim.OTHERS).next();
        return found == null ? Integer.MAX_VALUE : found.bytes();
    }

    /** The results of the completions of a class: all that repeat an earlier item, or new ones as long as they may be better. */
    private Reach searched(DistinctItemState at, int index, ValueSearch.Aim aim, Reach least) {
        Reach best = Reach.NONE;
        ValueSearch search = values(at, index, aim);
        for (ValueSearch.Found found = search.next(); found != null; found = search.next()) {
            ArrayState after = place.after(index, at.value(found.added()));
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
}
