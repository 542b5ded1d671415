// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an engine answered to a task: one line of {@code results.jsonl}.
 *
 * @param id way and task
 * @param engine the engine, with the precision of its weights
 * @param way how it was asked for and written
 * @param task the task's id
 * @param kind what the task asks for
 * @param text what was written
 * @param error why nothing whole was written, if the engine gave up
 * @param promptTokens tokens that the model read first
 * @param tokens tokens that were written
 * @param budget the most tokens that might be
 * @param cpuNanos time of all processors for this process, from the prompt to the end of the text
 * @param wallNanos time by the clock for the same
 * @param closeCalls tokens of free text that others came close to, where another engine says so
 * @param score what it is worth; other engines leave that to the reader of their lines
 */
public record Answer(
        String id,
        String engine,
        String way,
        String task,
        TaskKind kind,
        String text,
        String error,
        int promptTokens,
        int tokens,
        int budget,
        @Nanos("cpu_us") long cpuNanos,
        @Nanos("wall_us") long wallNanos,
        Optional<List<CloseCall>> closeCalls,
        Optional<AnswerScore> score)
        implements ResultsFile.Result {

    /** Tokens that a text may have left when it is closed because of its budget: closing takes several at once. */
    private static final int CLOSING = 8;

    /** Refuses a line without a kind. */
    public Answer {
        Objects.requireNonNull(kind);
    }

    /** Whether it ended because of its budget. */
    boolean isCut() {
        return tokens > budget - CLOSING;
    }

    /** Whether the engine gave up. */
    boolean isError() {
        return !error.isEmpty();
    }

    boolean isValid() {
        return score.filter(AnswerScore::isValid).isPresent();
    }

    boolean isWhole() {
        return score.filter(AnswerScore::whole).isPresent();
    }

    int right() {
        return score.map(AnswerScore::right).orElse(0);
    }

    int fields() {
        return score.map(AnswerScore::fields).orElse(0);
    }

    Answer with(AnswerScore worth) {
        return new Answer(
                id,
                engine,
                way,
                task,
                kind,
                text,
                error,
                promptTokens,
                tokens,
                budget,
                cpuNanos,
                wallNanos,
                closeCalls,
                Optional.of(worth));
    }
}
