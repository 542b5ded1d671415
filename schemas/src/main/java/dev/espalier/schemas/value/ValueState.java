// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.SchemaState;
import dev.espalier.schemas.work.LanguageLock;
import org.jspecify.annotations.Nullable;

/** The state before a value, whose first byte determines its type. */
public record ValueState(ValueLanguage language, Goal goalOfValue) implements SchemaState {

    @Override
    public void moves(int symbol, Moves moves) {
        if (!mayRead(symbol)) {
            return;
        }
        try (LanguageLock held = language.lock().enter()) {
            JsonType type = JsonType.of(symbol);
            if (type == null || !goalOfValue.isPossible(type)) {
                return;
            }
            switch (type) {
                case NULL -> literal(type, "ull", moves);
                case TRUE -> literal(type, "rue", moves);
                case FALSE -> literal(type, "alse", moves);
                case NUMBER -> language.numbers(goalOfValue).start().moves(symbol, moves);
                case STRING -> language.strings(goalOfValue).beginnings().forEach(moves::stay);
                case ARRAY -> language.arrays(goalOfValue).openings().forEach(moves::stay);
                case OBJECT -> language.objects(goalOfValue).openings().forEach(moves::stay);
            }
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return goalOfValue.mayBegin(symbol);
    }

    private void literal(JsonType type, String rest, Moves moves) {
        moves.stay(LiteralState.after(rest, Diagrams.result(language.typed(goalOfValue, type))));
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    @Override
    public int[] goal() {
        return reach().results();
    }

    private Reach reach() {
        try (LanguageLock held = language.lock().enter()) {
            return language.reach(goalOfValue);
        }
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }

    @Override
    public @Nullable Object sharedKey(Horizon horizon) {
        return goalOfValue.diagram() == Diagrams.ZERO ? new FreeKey("value", language.writing(), 0, "", "") : null;
    }
}
