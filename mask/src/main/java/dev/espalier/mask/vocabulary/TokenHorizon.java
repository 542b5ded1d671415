package dev.espalier.mask.vocabulary;

import dev.espalier.automata.Horizon;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The tokens of a vocabulary, for states that forget what no token can tell apart. Thread-safe. */
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
