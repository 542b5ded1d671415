package dev.espalier.core;

import dev.espalier.core.error.InvalidInputException;
import java.time.Duration;

/**
 * Every bound that Espalier works under, in one immutable value. Breaching one is a
 * {@link dev.espalier.core.error.LimitExceededException} that names the component below; {@link #with} raises it.
 *
 * @param maxSourceBytes bytes of one grammar, pattern or schema text, checked before any parser runs
 * @param maxNesting levels of brackets in a source, counted by a flat scan before any parser runs
 * @param maxIrNodes nodes of the intermediate representation, counted after sharing; terms of one pattern, and what one member
 *     of a container is asked, count for several
 * @param maxNumberDigits digits of one number in a source
 * @param maxExponent largest magnitude of a decimal exponent in a source
 * @param maxAutomatonStates states of all frames of one automaton together; those of one pattern, or of all patterns of
 *     one text, count twelve times
 * @param maxRepeatExpansion automaton nodes that a bounded repetition may be unrolled to where a counter is impossible, inside
 *     an intersection or difference
 * @param maxCompileBytes estimated bytes that one compilation may allocate for what it keeps, and one mask for what it works out
 * @param compileDeadline work of one compilation, as the time that it takes on a quiet machine: a unit of work counts for a
 *     microsecond, see {@link WorkMeter}
 * @param maxStepItems of arrays whose items differ, decided when compiling: sets of schemas that tell items apart, and the items
 *     that must come ({@code minItems} beside {@code uniqueItems}), which count ten times
 * @param stepDeadline work of one mask, as {@code compileDeadline}; past it a typed error, never a shortened mask
 * @param budgetDeadline work, within {@code stepDeadline}, on the question which tokens of one mask fit a budget of tokens; what is
 *     undecided then is left out of the mask, and counted with it
 * @param wallClockFactor wall-clock time of one compilation or mask, in multiples of its deadline
 * @param rollbackWindow tokens that a matcher can take back
 * @param maxCacheBytes estimated bytes of all masks that one compiler keeps; compiled outputs that a generator keeps hold at
 *     most half as much
 */
public record Limits(
        long maxSourceBytes,
        int maxNesting,
        int maxIrNodes,
        int maxNumberDigits,
        int maxExponent,
        int maxAutomatonStates,
        int maxRepeatExpansion,
        long maxCompileBytes,
        Duration compileDeadline,
        int maxStepItems,
        Duration stepDeadline,
        Duration budgetDeadline,
        int wallClockFactor,
        int rollbackWindow,
        long maxCacheBytes) {

    /** The limits that serve real schemas and grammars and keep hostile ones harmless. */
    public static final Limits DEFAULT = new Limits(
            8L << 20,
            1000,
            2_000_000,
            1000,
            10_000,
            2_000_000,
            20_000,
            256L << 20,
            Duration.ofSeconds(10),
            50_000,
            Duration.ofSeconds(2),
            Duration.ofMillis(50),
            6,
            64,
            128L << 20);

    /** Checks that every limit is positive; {@code rollbackWindow} may be 0. */
    public Limits {
        if (maxSourceBytes <= 0
                || maxNesting <= 0
                || maxIrNodes <= 0
                || maxNumberDigits <= 0
                || maxExponent <= 0
                || maxAutomatonStates <= 0
                || maxRepeatExpansion <= 0
                || maxCompileBytes <= 0
                || compileDeadline.isNegative()
                || maxStepItems <= 0
                || stepDeadline.isNegative()
                || budgetDeadline.isNegative()
                || wallClockFactor <= 0
                || rollbackWindow < 0
                || maxCacheBytes <= 0) {
            throw new InvalidInputException("every limit must be positive: " + this);
        }
    }

    /**
     * These limits with one changed.
     *
     * @param name the component's name as above
     * @param value its new value; milliseconds for the deadlines; clipped to the component's range
     * @throws InvalidInputException if no limit has that name
     */
    public Limits with(String name, long value) {
        int clipped = (int) Math.min(value, Integer.MAX_VALUE);
        Duration time = Duration.ofMillis(value);
        return new Limits(
                        name.equals("maxSourceBytes") ? value : maxSourceBytes,
                        name.equals("maxNesting") ? clipped : maxNesting,
                        name.equals("maxIrNodes") ? clipped : maxIrNodes,
                        name.equals("maxNumberDigits") ? clipped : maxNumberDigits,
                        name.equals("maxExponent") ? clipped : maxExponent,
                        name.equals("maxAutomatonStates") ? clipped : maxAutomatonStates,
                        name.equals("maxRepeatExpansion") ? clipped : maxRepeatExpansion,
                        name.equals("maxCompileBytes") ? value : maxCompileBytes,
                        name.equals("compileDeadline") ? time : compileDeadline,
                        name.equals("maxStepItems") ? clipped : maxStepItems,
                        name.equals("stepDeadline") ? time : stepDeadline,
                        name.equals("budgetDeadline") ? time : budgetDeadline,
                        name.equals("wallClockFactor") ? clipped : wallClockFactor,
                        name.equals("rollbackWindow") ? clipped : rollbackWindow,
                        name.equals("maxCacheBytes") ? value : maxCacheBytes)
                .checkedChange(name);
    }

    private Limits checkedChange(String name) {
        for (var component : Limits.class.getRecordComponents()) {
            if (component.getName().equals(name)) {
                return this;
            }
        }
        throw new InvalidInputException("no limit is called " + name);
    }
}
