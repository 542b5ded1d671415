// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.MemberView;
import dev.espalier.automata.state.State;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.value.FreeKey;
import dev.espalier.schemas.work.LanguageLock;
import org.jspecify.annotations.Nullable;

/**
 * A state after a key: before the colon, before the value, or, as a return state, while the value is read.
 *
 * @param frame the object's frame
 * @param child the goal of the value, and what follows it
 * @param then the keys that cannot come any more after it
 * @param colon whether the colon was read
 * @param blanks the white space read here
 */
public record MemberState(ObjectMembers frame, Child child, UsedKeys then, boolean colon, int blanks)
        implements ContainerState, BudgetView {

    @Override
    public void moves(int symbol, Moves moves) {
        Layout layout = frame.language().layout();
        if (Blanks.isBlank(symbol)) {
            int more = layout.moreInGap(blanks, colon, symbol);
            if (more != Blanks.NONE) {
                moves.stay(new MemberState(frame, child, then, colon, more));
            }
        } else if (colon) {
            if (layout.isFull(blanks, layout.gap()) && child.goal().mayBegin(symbol)) {
                moves.push(
                        frame.language().value(child.goal()),
                        blanks == 0 ? this : new MemberState(frame, child, then, true, 0));
            }
        } else if (symbol == ':') {
            moves.stay(new MemberState(frame, child, then, true, 0));
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        Layout layout = frame.language().layout();
        if (Blanks.isBlank(symbol)) {
            return layout.moreInGap(blanks, colon, symbol) != Blanks.NONE;
        }
        return colon ? layout.isFull(blanks, layout.gap()) && child.goal().mayBegin(symbol) : symbol == ':';
    }

    @Override
    public void resume(int result, Moves moves) {
        if (result < child.cores().size()) {
            frame.after(child, result, then).forEach(moves::stay);
        }
    }

    /** If no text of the horizon ends another key, only the names among the used keys count. */
    @Override
    public State within(Horizon horizon) {
        if (then.others().isEmpty()) {
            return this;
        }
        KeyMemory memory = frame.keyMemory(horizon);
        int ofNext = colon ? memory.beforeValue() : memory.beforeColon();
        UsedKeys kept = ofNext == KeyMemory.ALL ? then : frame.keys().mattering(then, ofNext);
        return kept == then ? this : new MemberState(frame, child, kept, colon, blanks);
    }

    @Override
    public MemberView memberView() {
        return new PassedKeys(frame.keys(), then);
    }

    @Override
    public BudgetView budgetView() {
        return this;
    }

    @Override
    public @Nullable State relaxed() {
        UsedKeys relaxed = frame.relaxed(then);
        return relaxed == then ? null : new MemberState(frame, child, relaxed, colon, blanks);
    }

    /** The kind of the state: of the object and its used keys only whether it may end and whether a key may come. */
    @Override
    public Object key(Horizon horizon) {
        return frame.language().kind(this, horizon);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        Object kind = frame.language().sharedKind(this, horizon);
        return kind == null && frame.isFree()
                ? new FreeKey(colon ? "value of" : "colon", frame.language().writing(), blanks, then, "")
                : kind;
    }

    @Override
    public Reach reach() {
        try (LanguageLock held = frame.language().lock().enter()) {
            Layout layout = frame.language().layout();
            return frame.reachValue(child, then).plus(colon ? layout.left(blanks, layout.gap()) : 1 + layout.gap());
        }
    }
}
