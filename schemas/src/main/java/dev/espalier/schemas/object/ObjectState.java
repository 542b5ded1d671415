// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.automata.state.MemberView;
import dev.espalier.automata.state.State;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.EndState;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.value.ContainerPlace;
import dev.espalier.schemas.value.ContainerState;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.FreeKey;
import dev.espalier.schemas.work.LanguageLock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state inside an object, between two members.
 *
 * @param frame the object's frame
 * @param core what is left to decide
 * @param used the keys that cannot come any more
 * @param place what was read last
 * @param blanks the white space read here
 */
public record ObjectState(ObjectMembers frame, Core core, UsedKeys used, ContainerPlace place, int blanks)
        implements ContainerState, BudgetView {

    /** The state after the opening brace. */
    static ObjectState open(ObjectMembers frame) {
        return new ObjectState(frame, frame.start(), UsedKeys.NONE, ContainerPlace.OPENED, 0);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol) || isQuick(symbol, moves)) {
            return;
        }
        try (LanguageLock held = frame.language().lock().enter()) {
            if (Blanks.isBlank(symbol)) {
                int more = place.more(layout(), blanks, symbol);
                if (more != Blanks.NONE && mayBreak()) {
                    moves.stay(new ObjectState(frame, core, used, place, more));
                }
            } else if (symbol == '}') {
                int result = place.mayClose(layout(), blanks) ? frame.result(core) : -1;
                if (result >= 0) {
                    moves.stay(EndState.of(result));
                }
            } else if (symbol == '"' && place.mayBegin(layout(), blanks) && isKeyViable()) {
                beforeKeys().forEach(moves::stay);
            } else if (symbol == ',' && place.mayGoOn(layout(), blanks) && isKeyViable()) {
                moves.stay(new ObjectState(frame, core, used, ContainerPlace.COMMA, 0));
            }
        }
    }

    /** Offers the moves that are known without the lock. True if those are all. */
    private boolean isQuick(int symbol, Moves moves) {
        if (symbol == '"' || symbol == ',') {
            KeySearch search = frame.filter() == null ? frame.known(core, used) : null;
            if (search == null) {
                return false;
            }
            moves.stay(
                    symbol == '"'
                            ? KeyState.start(search)
                            : new ObjectState(frame, core, used, ContainerPlace.COMMA, 0));
            return true;
        }
        if (symbol == '}'
                && frame.wanted() == null
                && core.wanted().isEmpty()
                && Diagrams.isEnd(core.rest())
                && !core.isDead()) {
            moves.stay(EndState.of(Diagrams.result(core.rest())));
            return true;
        }
        return false;
    }

    @Override
    public boolean mayRead(int symbol) {
        return switch (symbol) {
            case '}' -> place.mayClose(layout(), blanks);
            case '"' -> place.mayBegin(layout(), blanks);
            case ',' -> place.mayGoOn(layout(), blanks);
            default -> Blanks.isBlank(symbol) && place.more(layout(), blanks, symbol) != Blanks.NONE;
        };
    }

    /** True if some key may come. Callers must hold the lock. */
    boolean isKeyViable() {
        return frame.filter() != null
                ? filteredKeys().stream().anyMatch(FilteredKeyState::isViable)
                : frame.search(core, used)
                        .isViable(0, frame.classes().automaton().start(), "");
    }

    /** The states of the next key under filters: as any key, and as the wanted one. */
    private List<FilteredKeyState> filteredKeys() {
        KeyFilter filter = java.util.Objects.requireNonNull(frame.filter());
        FilteredKeyState any = FilteredKeyState.start(frame.search(core, used), filter);
        WantedKey wanted = frame.wanted();
        return wanted == null
                ? List.of(any)
                : List.of(any, FilteredKeyState.start(wanted.frame().search(core, used), wanted.filter()));
    }

    private Layout layout() {
        return frame.language().layout();
    }

    /** True if a new line may follow; a comma is read only if it may. */
    private boolean mayBreak() {
        if (place.mayBreak(layout(), blanks)) {
            return true;
        }
        return place == ContainerPlace.VALUE ? frame.result(core) >= 0 : isKeyViable();
    }

    private Reach reachKey() {
        if (frame.filter() == null) {
            return frame.search(core, used)
                    .reach()
                    .from(0, frame.classes().automaton().start(), "");
        }
        Reach reach = Reach.NONE;
        for (FilteredKeyState key : filteredKeys()) {
            reach = reach.or(key.reach());
        }
        return reach;
    }

    @Override
    public Reach reach() {
        try (LanguageLock held = frame.language().lock().enter()) {
            int left = place.left(layout(), blanks);
            if (place == ContainerPlace.VALUE) {
                return layout().isFresh(blanks) ? frame.reach(core, used) : Reach.of(frame.result(core), 1 + left);
            }
            Reach reach = reachKey().plus(1 + left);
            int now = place == ContainerPlace.OPENED && layout().isFresh(blanks) ? frame.result(core) : -1;
            return now < 0 ? reach : reach.or(now, 1);
        }
    }

    @Override
    public MemberView memberView() {
        return new PassedKeys(frame.keys(), used);
    }

    @Override
    public BudgetView budgetView() {
        return this;
    }

    @Override
    public int farthest(Horizon horizon) {
        try (LanguageLock held = frame.language().lock().enter()) {
            Reach reach = reach();
            if (reach.size() != 1) {
                return FarthestMember.UNKNOWN;
            }
            int blank = Reach.add(reach.least(), layout().line(1));
            int behindKey = isKeyViable() ? frame.search(core, used).farthest(horizon) : blank;
            return behindKey == FarthestMember.UNKNOWN ? behindKey : Math.max(blank, behindKey);
        }
    }

    @Override
    public @Nullable State relaxed() {
        UsedKeys relaxed = frame.relaxed(used);
        return relaxed == used ? null : new ObjectState(frame, core, relaxed, place, blanks);
    }

    /** The kind of the state: if no text of the horizon ends a key, only how the object may end and which keys may come. */
    @Override
    public Object key(Horizon horizon) {
        return frame.language().kind(this, horizon);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        Object kind = frame.language().sharedKind(this, horizon);
        return kind == null && frame.isFree()
                ? new FreeKey("object " + place, frame.language().writing(), blanks, used, "")
                : kind;
    }

    /** The state after the quotation mark of the next key, which must be viable; for objects without a filter of keys. */
    KeyState beforeKey() {
        return KeyState.start(frame.search(core, used));
    }

    /** The states after the quotation mark of the next key, one of which must be viable. */
    private List<? extends State> beforeKeys() {
        return frame.filter() == null
                ? List.of(beforeKey())
                : filteredKeys().stream().filter(FilteredKeyState::isViable).toList();
    }
}
