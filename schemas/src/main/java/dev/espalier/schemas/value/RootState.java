// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.schemas.json.Blanks;
import dev.espalier.schemas.state.SchemaState;
import dev.espalier.schemas.work.LanguageLock;

/**
 * A state of a whole text: a value with white space around it.
 *
 * @param language the schema's language
 * @param root the goal of the root schema
 * @param done whether the value was read
 * @param blanks the white space read here
 */
public record RootState(ValueLanguage language, Goal root, boolean done, int blanks) implements SchemaState {

    @Override
    public void moves(int symbol, Moves moves) {
        if (Blanks.isBlank(symbol)) {
            int more = Blanks.more(blanks, language.layout().space());
            if (more != Blanks.NONE) {
                moves.stay(new RootState(language, root, done, more));
            }
        } else if (!done && root.mayBegin(symbol)) {
            moves.push(language.value(root), new RootState(language, root, true, 0));
        }
    }

    @Override
    public boolean mayRead(int symbol) {
        return Blanks.isBlank(symbol)
                ? Blanks.more(blanks, language.layout().space()) != Blanks.NONE
                : !done && root.mayBegin(symbol);
    }

    @Override
    public int[] results() {
        return done ? RESULT_ZERO : NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {
        if (result == 0) {
            moves.stay(this);
        }
    }

    @Override
    public int distance(int result) {
        if (result != 0) {
            return Integer.MAX_VALUE;
        }
        try (LanguageLock held = language.lock().enter()) {
            return done ? 0 : language.reach(root).to(0);
        }
    }
}
