// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.value.FreeKey;
import dev.espalier.schemas.work.LanguageLock;
import org.jspecify.annotations.Nullable;

/**
 * The return state of an array while one of its items is read.
 *
 * @param frame the array's frame
 * @param child the goal of the item, and what follows it
 * @param then the index after it
 */
public record ItemState(ArrayItems frame, Child child, int then) implements ContainerState {

    @Override
    public void moves(int symbol, Moves moves) {}

    @Override
    public boolean mayRead(int symbol) {
        return false;
    }

    @Override
    public void resume(int result, Moves moves) {
        if (result < child.cores().size()) {
            moves.stay(new ArrayState(frame, child.cores().get(result), then, SeenItems.NONE, ContainerPlace.VALUE, 0));
        }
    }

    @Override
    public Reach reach() {
        try (LanguageLock held = frame.language().lock().enter()) {
            return frame.reachValue(child, then);
        }
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return frame.isFree() ? new FreeKey("item", frame.language().writing(), 0, "", "") : null;
    }
}
