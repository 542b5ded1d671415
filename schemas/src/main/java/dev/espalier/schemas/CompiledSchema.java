package dev.espalier.schemas;

import dev.espalier.automata.State;
import dev.espalier.schemas.language.StartState;
import dev.espalier.schemas.options.CompileReport;

/**
 * A schema as a frame. Immutable to its users and safe to share between threads; what its states offer is computed
 * when it is first asked for and kept as long as the schema.
 *
 * @param start the frame's first state; its only result is 0
 * @param report how each keyword is kept
 */
public record CompiledSchema(State start, CompileReport report) {

    /**
     * Estimated bytes that the schema holds now: what it held when it was compiled, and what it may have learned since. Exact
     * to a factor of two or so. Cost: constant; safe while others read texts.
     */
    public long estimatedBytes() {
        return start instanceof StartState own ? own.renewal().estimatedBytes() : 0;
    }
}
