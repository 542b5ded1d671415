// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

import dev.espalier.automata.state.Horizon;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The horizon of a vocabulary: a profile of its tokens, from which states learn what no token can distinguish. Thread-safe. */
final class TokenHorizon implements Horizon {

    private final TokenTable table;
    private final Map<Class<?>, Object> learned = new ConcurrentHashMap<>();

    TokenHorizon(TokenTable table) {
        this.table = table;
    }

    @Override
    public int bytes() {
        return table.longest();
    }

    @Override
    public Texts texts() {
        return table;
    }

    @Override
    public <T> T learned(Class<T> kind, Function<Horizon, T> find) {
        return kind.cast(learned.computeIfAbsent(kind, asked -> find.apply(this)));
    }
}
