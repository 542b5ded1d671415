// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.automata.state.State;
import dev.espalier.core.error.EspalierException;
import java.util.function.Supplier;

/**
 * A renewal of schemas in long use, so that they do not grow without bound. Everything computed while texts are read is kept, which may
 * go on with every text if members come in any order and depend on each other in complicated ways. Once it is much, texts that begin
 * from then on are read by a language of their own, and the old one goes with the last text that it reads. Thread-safe.
 */
public final class Renewal {

    /**
     * A copy of the schema, ready to read texts.
     *
     * @param bytes estimated bytes that it held when it was compiled
     * @param ticks the work that was done on it until then
     * @param work units of work of its compilation
     */
    public record Generation(SchemaLanguage language, State start, long bytes, long ticks, long work) {

        /** The estimated bytes of memory that a unit of work leaves allocated. */
        private static final long BYTES_A_TICK = 32;

        /** Estimated bytes that it holds now, with what it may have learned since. */
        long estimatedBytes() {
            return bytes + BYTES_A_TICK * (language.deadline().ticks() - ticks);
        }
    }

    private final Supplier<Generation> maker;
    private final long mostWork;
    private volatile Generation current;

    /**
     * @param first the schema to begin with
     * @param mostWork units of work that a text may wait for; where the schema takes more, it is made anew only if memory runs out
     * @param maker makes the same schema once more, sharing nothing that is not thread-safe
     */
    public Renewal(Generation first, long mostWork, Supplier<Generation> maker) {
        this.current = first;
        this.mostWork = mostWork;
        this.maker = maker;
    }

    /** The state before a text, of the schema that was last begun with. Takes no lock. */
    State current() {
        return current.start;
    }

    /** Estimated bytes of the schema that was last begun with. Takes no lock. */
    public long estimatedBytes() {
        return current.estimatedBytes();
    }

    /** The state before a text. */
    synchronized State start() {
        SchemaLanguage language = current.language;
        if (current.work <= mostWork ? language.hasGrown() : language.isNearlyFull()) {
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
