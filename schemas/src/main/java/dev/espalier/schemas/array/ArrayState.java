// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.State;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.FreeKey;
import dev.espalier.schemas.work.LanguageLock;
import org.jspecify.annotations.Nullable;

/**
 * A state inside an array, between two values.
 *
 * @param frame the array's frame
 * @param core what is left to decide
 * @param index the index of the next item, as far as indices are told apart
 * @param seen the items so far, while it matters whether they differ
 * @param place what was read last
 * @param blanks the white space read here
 */
public record ArrayState(ArrayItems frame, Core core, int index, SeenItems seen, ContainerPlace place, int blanks)
        implements ContainerState, BudgetView {

    /** The state after the opening bracket. */
    static ArrayState open(ArrayItems frame) {
        return new ArrayState(frame, frame.start(), 0, SeenItems.NONE, ContainerPlace.OPENED, 0);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        try (LanguageLock held = frame.language().lock().enter()) {
            if (Blanks.isBlank(symbol)) {
                int more = place.more(layout(), blanks, symbol);
                if (more != Blanks.NONE && mayBreak()) {
                    moves.stay(new ArrayState(frame, core, index, seen, place, more));
                }
            } else if (symbol == ']') {
                int result = place.mayClose(layout(), blanks) ? frame.result(core) : -1;
                if (result >= 0) {
                    moves.stay(EndState.of(result));
                }
            } else if (frame.distinct().matters(core)) {
                distinct(symbol, moves);
            } else if (place != ContainerPlace.VALUE) {
                Child child = place.mayBegin(layout(), blanks) ? frame.live(core, index) : null;
                if (child != null && child.goal().mayBegin(symbol)) {
                    moves.push(frame.language().value(child.goal()), new ItemState(frame, child, frame.next(index)));
                }
            } else if (symbol == ',' && place.mayGoOn(layout(), blanks) && frame.live(core, index) != null) {
                moves.stay(new ArrayState(frame, core, index, seen, ContainerPlace.COMMA, 0));
            }
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        if (Blanks.isBlank(symbol)) {
            return place.more(layout(), blanks, symbol) != Blanks.NONE;
        } else if (symbol == ']') {
            return place.mayClose(layout(), blanks);
        }
        return place == ContainerPlace.VALUE
                ? symbol == ',' && place.mayGoOn(layout(), blanks)
                : place.mayBegin(layout(), blanks) && frame.mayBeginItem(core, index, symbol);
    }

    private Layout layout() {
        return frame.language().layout();
    }

    /** True if a new line may follow; a comma is read only if it may. */
    private boolean mayBreak() {
        if (place.mayBreak(layout(), blanks)) {
            return true;
        }
        return place == ContainerPlace.VALUE ? frame.result(core) >= 0 : hasItem();
    }

    /** Whether there may be one more item. */
    private boolean hasItem() {
        return frame.distinct().matters(core)
                ? !frame.distinct().options(core, index, seen).choices().isEmpty()
                : frame.live(core, index) != null;
    }

    private void distinct(int symbol, Moves moves) {
        boolean item = place.mayBegin(layout(), blanks) || (symbol == ',' && place.mayGoOn(layout(), blanks));
        if (!item || !hasItem()) {
            return;
        }
        if (place == ContainerPlace.VALUE) {
            moves.stay(new ArrayState(frame, core, index, seen, ContainerPlace.COMMA, 0));
        } else {
            DistinctItemState.start(frame, core, index, seen).moves(symbol, moves);
        }
    }

    @Override
    public BudgetView budgetView() {
        return this;
    }

    @Override
    public int farthest(Horizon horizon) {
        try (LanguageLock held = frame.language().lock().enter()) {
            return !frame.distinct().matters(core) || !hasItem()
                    ? -1
                    : frame.language()
                            .deadline()
                            .inside(() -> new DistinctPlace(frame, core, index, seen).farthestOfStrings(horizon));
        }
    }

    /** As {@link DistinctPlace#relaxed}. */
    @Override
    public @Nullable State relaxed() {
        if (seen.isEmpty()) {
            return null;
        }
        try (LanguageLock held = frame.language().lock().enter()) {
            SeenItems some = frame.distinct().matters(core)
                    ? frame.language()
                            .deadline()
                            .inside(() -> new DistinctPlace(frame, core, index, seen)
                                    .relaxed()
                                    .seen())
                    : seen;
            return some == seen ? null : new ArrayState(frame, core, index, some, place, blanks);
        }
    }

    @Override
    public Reach reach() {
        try (LanguageLock held = frame.language().lock().enter()) {
            int left = place.left(layout(), blanks);
            if (place == ContainerPlace.VALUE) {
                return layout().isFresh(blanks)
                        ? frame.distinct().reach(core, index, seen)
                        : Reach.of(frame.result(core), 1 + left);
            }
            Reach items = frame.distinct().matters(core)
                    ? frame.distinct().reachItem(core, index, seen, true)
                    : frame.reachItem(core, index);
            Reach reach = items.plus(left);
            int now = place == ContainerPlace.OPENED && layout().isFresh(blanks) ? frame.result(core) : -1;
            return now < 0 ? reach : reach.or(now, 1);
        }
    }

    @Override
    public State within(Horizon horizon) {
        int far = frame.distinct().matters(core) ? index : frame.within(index, horizon.bytes());
        return far == index ? this : new ArrayState(frame, core, far, seen, place, blanks);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return frame.isFree() ? new FreeKey("array " + place, frame.language().writing(), blanks, "", "") : null;
    }
}
