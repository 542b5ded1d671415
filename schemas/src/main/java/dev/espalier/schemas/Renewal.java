package dev.espalier.schemas;

import dev.espalier.automata.State;
import dev.espalier.grammar.error.EspalierException;
import java.util.function.Supplier;

/**
 * Keeps a schema that is used for long from growing without bound. What is worked out of a schema while texts are read is
 * kept; where members come in any order, and what they ask of each other is involved, that may go on with every text. Once
 * it is much, texts that begin from then on are read by a language of their own, and the old one goes with the last text
 * that it reads. Thread-safe.
 */
final class Renewal {

    /**
     * A schema, ready to read a text.
     *
     * @param bytes estimated bytes that it held when it was compiled
     * @param ticks the work that was done on it until then
     */
    record Generation(SchemaLanguage language, State start, long bytes, long ticks) {

        /** What a unit of work leaves behind, about. */
        private static final long BYTES_A_TICK = 32;

        /** Estimated bytes that it holds now, with what it may have learned since. */
        long estimatedBytes() {
            return bytes + BYTES_A_TICK * (language.deadline().ticks() - ticks);
        }
    }

    private final Supplier<Generation> maker;
    private volatile Generation current;

    /**
     * @param first the schema to begin with
     * @param maker makes the same schema once more, sharing nothing that is not thread-safe
     */
    Renewal(Generation first, Supplier<Generation> maker) {
        this.current = first;
        this.maker = maker;
    }

    /** The state before a text, of the schema that was last begun with. Takes no lock. */
    State current() {
        return current.start;
    }

    /** Estimated bytes of the schema that was last begun with. Takes no lock. */
    long estimatedBytes() {
        return current.estimatedBytes();
    }

    /** The state before a text. */
    synchronized State start() {
        if (current.language.hasGrown()) {
            try {
                current = maker.get();
            } catch (EspalierException e) {
                // A limit of compilation, such as its time: the old one goes on, up to its own limits.
                return current.start;
            }
        }
        return current.start;
    }
}
