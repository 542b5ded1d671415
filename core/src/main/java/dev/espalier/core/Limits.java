// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core;

import dev.espalier.core.error.InvalidInputException;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * All bounds on the resources of Espalier, in one immutable value. Work past one of them ends with a {@link
 * dev.espalier.core.error.LimitExceededException} that names the component below; its {@code with…} method raises it.
 *
 * @param maxSourceBytes bytes of one grammar, pattern or schema text, checked before any parser runs; {@code char}s of a text that strings are
 *     quoted from
 * @param maxNesting levels of brackets in a source, counted by a flat scan before any parser runs
 * @param maxIrNodes nodes of the intermediate representation, shared ones counted once; terms of one pattern, and the goal of one member of a
 *     container, count for several
 * @param maxNumberDigits digits of one number in a source
 * @param maxExponent largest magnitude of a decimal exponent in a source
 * @param maxAutomatonStates states of all frames of one automaton together; those of one pattern, or of all patterns of
 *     one text, count twelve times
 * @param maxIndentation columns of a block in a language with indentation: what is further to the right is not in the language
 * @param maxLexerNesting how deep rules of a lexer that call themselves may lie in each other within one token, such as comments in comments: texts that need
 *     more are not in the language
 * @param maxRepeatExpansion automaton nodes that a bounded repetition may be unrolled to where a counter is impossible, inside
 *     an intersection or difference
 * @param maxCompileBytes estimated bytes that one compilation may allocate for its result, and one mask for its computation
 * @param compileDeadline work of one compilation, as the time that it takes on a quiet machine: a unit of work counts for a
 *     microsecond, see {@link WorkMeter}
 * @param maxStepItems for arrays with distinct items, checked by the compilation: sets of schemas that tell items apart, and required items
 *     ({@code minItems} beside {@code uniqueItems}), which count ten times
 * @param stepDeadline work of one mask, as {@code compileDeadline}; past it, an error of its own type, never a smaller mask
 * @param budgetDeadline work, within {@code stepDeadline}, to decide which tokens of one mask fit a budget of tokens; tokens undecided by then
 *     are left out of the mask, and the mask counts them
 * @param wallClockFactor wall-clock time of one compilation or mask, in multiples of its deadline
 * @param rollbackWindow tokens that a matcher can roll back
 * @param maxCacheBytes estimated bytes of all masks that one compiler keeps; compiled outputs that a generator keeps hold at
 *     most half as much
 * @param maxTokenizerBytes bytes of one {@code tokenizer.json}, counted while it is read
 * @param maxTokenizerTokens tokens of one {@code tokenizer.json}, and its largest id
 */
public record Limits(
        long maxSourceBytes,
        int maxNesting,
        int maxIrNodes,
        int maxNumberDigits,
        int maxExponent,
        int maxAutomatonStates,
        int maxIndentation,
        int maxLexerNesting,
        int maxRepeatExpansion,
        long maxCompileBytes,
        Duration compileDeadline,
        int maxStepItems,
        Duration stepDeadline,
        Duration budgetDeadline,
        int wallClockFactor,
        int rollbackWindow,
        long maxCacheBytes,
        long maxTokenizerBytes,
        int maxTokenizerTokens) {

    /** The limits that serve real schemas and grammars and keep hostile ones harmless. */
    public static final Limits DEFAULT = new Limits(
            8L << 20,
            1000,
            2_000_000,
            1000,
            10_000,
            2_000_000,
            200,
            10,
            20_000,
            256L << 20,
            Duration.ofSeconds(10),
            50_000,
            Duration.ofSeconds(2),
            Duration.ofMillis(50),
            6,
            64,
            128L << 20,
            256L << 20,
            1 << 21);

    /** Checks that every limit is positive; {@code rollbackWindow} may be 0. */
    public Limits {
        if (maxSourceBytes <= 0
                || maxNesting <= 0
                || maxIrNodes <= 0
                || maxNumberDigits <= 0
                || maxExponent <= 0
                || maxAutomatonStates <= 0
                || maxIndentation <= 0
                || maxLexerNesting <= 0
                || maxRepeatExpansion <= 0
                || maxCompileBytes <= 0
                || compileDeadline.isNegative()
                || maxStepItems <= 0
                || stepDeadline.isNegative()
                || budgetDeadline.isNegative()
                || wallClockFactor <= 0
                || rollbackWindow < 0
                || maxCacheBytes <= 0
                || maxTokenizerBytes <= 0
                || maxTokenizerTokens <= 0) {
            throw new InvalidInputException("every limit must be positive: " + this);
        }
    }

    /** These limits with another {@link #maxSourceBytes}. */
    public Limits withMaxSourceBytes(long value) {
        return with(parts -> parts.maxSourceBytes = value);
    }

    /** These limits with another {@link #maxNesting}. */
    public Limits withMaxNesting(int value) {
        return with(parts -> parts.maxNesting = value);
    }

    /** These limits with another {@link #maxIrNodes}. */
    public Limits withMaxIrNodes(int value) {
        return with(parts -> parts.maxIrNodes = value);
    }

    /** These limits with another {@link #maxNumberDigits}. */
    public Limits withMaxNumberDigits(int value) {
        return with(parts -> parts.maxNumberDigits = value);
    }

    /** These limits with another {@link #maxExponent}. */
    public Limits withMaxExponent(int value) {
        return with(parts -> parts.maxExponent = value);
    }

    /** These limits with another {@link #maxAutomatonStates}. */
    public Limits withMaxAutomatonStates(int value) {
        return with(parts -> parts.maxAutomatonStates = value);
    }

    /** These limits with another {@link #maxIndentation}. */
    public Limits withMaxIndentation(int value) {
        return with(parts -> parts.maxIndentation = value);
    }

    /** These limits with another {@link #maxLexerNesting}. */
    public Limits withMaxLexerNesting(int value) {
        return with(parts -> parts.maxLexerNesting = value);
    }

    /** These limits with another {@link #maxRepeatExpansion}. */
    public Limits withMaxRepeatExpansion(int value) {
        return with(parts -> parts.maxRepeatExpansion = value);
    }

    /** These limits with another {@link #maxCompileBytes}. */
    public Limits withMaxCompileBytes(long value) {
        return with(parts -> parts.maxCompileBytes = value);
    }

    /** These limits with another {@link #compileDeadline}. */
    public Limits withCompileDeadline(Duration value) {
        return with(parts -> parts.compileDeadline = value);
    }

    /** These limits with another {@link #maxStepItems}. */
    public Limits withMaxStepItems(int value) {
        return with(parts -> parts.maxStepItems = value);
    }

    /** These limits with another {@link #stepDeadline}. */
    public Limits withStepDeadline(Duration value) {
        return with(parts -> parts.stepDeadline = value);
    }

    /** These limits with another {@link #budgetDeadline}. */
    public Limits withBudgetDeadline(Duration value) {
        return with(parts -> parts.budgetDeadline = value);
    }

    /** These limits with another {@link #wallClockFactor}. */
    public Limits withWallClockFactor(int value) {
        return with(parts -> parts.wallClockFactor = value);
    }

    /** These limits with another {@link #rollbackWindow}. */
    public Limits withRollbackWindow(int value) {
        return with(parts -> parts.rollbackWindow = value);
    }

    /** These limits with another {@link #maxCacheBytes}. */
    public Limits withMaxCacheBytes(long value) {
        return with(parts -> parts.maxCacheBytes = value);
    }

    /** These limits with another {@link #maxTokenizerBytes}. */
    public Limits withMaxTokenizerBytes(long value) {
        return with(parts -> parts.maxTokenizerBytes = value);
    }

    /** These limits with another {@link #maxTokenizerTokens}. */
    public Limits withMaxTokenizerTokens(int value) {
        return with(parts -> parts.maxTokenizerTokens = value);
    }

    private Limits with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.limits();
    }

    /** The components of the record, as variables. */
    private static final class Parts {

        private long maxSourceBytes;
        private int maxNesting;
        private int maxIrNodes;
        private int maxNumberDigits;
        private int maxExponent;
        private int maxAutomatonStates;
        private int maxIndentation;
        private int maxLexerNesting;
        private int maxRepeatExpansion;
        private long maxCompileBytes;
        private Duration compileDeadline;
        private int maxStepItems;
        private Duration stepDeadline;
        private Duration budgetDeadline;
        private int wallClockFactor;
        private int rollbackWindow;
        private long maxCacheBytes;
        private long maxTokenizerBytes;
        private int maxTokenizerTokens;

        Parts(Limits from) {
            maxSourceBytes = from.maxSourceBytes;
            maxNesting = from.maxNesting;
            maxIrNodes = from.maxIrNodes;
            maxNumberDigits = from.maxNumberDigits;
            maxExponent = from.maxExponent;
            maxAutomatonStates = from.maxAutomatonStates;
            maxIndentation = from.maxIndentation;
            maxLexerNesting = from.maxLexerNesting;
            maxRepeatExpansion = from.maxRepeatExpansion;
            maxCompileBytes = from.maxCompileBytes;
            compileDeadline = from.compileDeadline;
            maxStepItems = from.maxStepItems;
            stepDeadline = from.stepDeadline;
            budgetDeadline = from.budgetDeadline;
            wallClockFactor = from.wallClockFactor;
            rollbackWindow = from.rollbackWindow;
            maxCacheBytes = from.maxCacheBytes;
            maxTokenizerBytes = from.maxTokenizerBytes;
            maxTokenizerTokens = from.maxTokenizerTokens;
        }

        Limits limits() {
            return new Limits(
                    maxSourceBytes,
                    maxNesting,
                    maxIrNodes,
                    maxNumberDigits,
                    maxExponent,
                    maxAutomatonStates,
                    maxIndentation,
                    maxLexerNesting,
                    maxRepeatExpansion,
                    maxCompileBytes,
                    compileDeadline,
                    maxStepItems,
                    stepDeadline,
                    budgetDeadline,
                    wallClockFactor,
                    rollbackWindow,
                    maxCacheBytes,
                    maxTokenizerBytes,
                    maxTokenizerTokens);
        }
    }
}
