// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Transcript;
import dev.espalier.spark.journal.JournalIndex;
import dev.espalier.spark.journal.JournalWriter;
import dev.espalier.spark.journal.RowResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a task with their answers, in the order of the rows. Some rows are under way together, and more are read as these are taken; so a partition is never held. For
 * the thread of the task.
 */
final class AnsweredRows implements Iterator<Row> {

    private static final String MODEL_FAILED = "model-failed";

    private final Iterator<Row> rows;
    private final JobSettings settings;
    private final RowRequests requests;
    private final Generator generator;
    private final AnswerColumns columns;
    private final JobCounters counters;
    private final Cancellation cancellation;
    private final Optional<Journal> journal;
    private final BooleanSupplier isKilled;
    private final Deque<Pending> pending = new ArrayDeque<>();

    /** Results of earlier jobs, and where those of this task go. */
    record Journal(JournalIndex known, JournalWriter writer) {}

    /**
     * A row and sample under way.
     *
     * @param known the result, if it needs no model
     * @param generation the text under way, else
     */
    private record Pending(
            Row row,
            RowRequests.Asked asked,
            @Nullable RowResult known,
            @Nullable CompletableFuture<? extends Generation<?>> generation,
            boolean isResumed) {}

    /** What a task asks with. */
    record Tools(
            Generator generator,
            AnswerColumns columns,
            JobCounters counters,
            Cancellation cancellation,
            Optional<Journal> journal,
            BooleanSupplier isKilled) {}

    AnsweredRows(Iterator<Row> rows, JobSettings settings, RowRequests requests, Tools tools) {
        this.rows = rows;
        this.settings = settings;
        this.requests = requests;
        this.generator = tools.generator();
        this.columns = tools.columns();
        this.counters = tools.counters();
        this.cancellation = tools.cancellation();
        this.journal = tools.journal();
        this.isKilled = tools.isKilled();
    }

    @Override
    public boolean hasNext() {
        fill();
        return !pending.isEmpty();
    }

    @Override
    public Row next() {
        fill();
        if (pending.isEmpty()) {
            throw new NoSuchElementException("the task has no more rows");
        }
        Pending first = pending.remove();
        RowResult result = first.known();
        if (result == null) {
            result = result(first.asked(), Patience.await(Objects.requireNonNull(first.generation()), isKilled));
            if (journal.isPresent() && !result.outcome().equals(MODEL_FAILED)) {
                journal.get().writer().add(result); // a model that failed may not fail again
            }
        }
        AnswerColumns.Typed typed = columns.typed(result, () -> schema(first.asked()), cancellation);
        counters.count(typed.result().isWhole(), first.isResumed(), result.tokensIn(), result.tokensOut());
        if (!typed.result().isWhole() && settings.errors() == RowErrors.FAIL) {
            throw failed(typed.result());
        }
        return extended(first.row(), AnswerColumns.row(typed));
    }

    private CompiledGrammar schema(RowRequests.Asked asked) {
        return generator
                .compiler()
                .compile(requests.request(asked).output(), cancellation)
                .grammar();
    }

    private void fill() {
        while (pending.size() < settings.window() && rows.hasNext()) {
            Row row = rows.next();
            for (int sample = 0; sample < settings.samples(); sample++) {
                pending.add(begun(row, requests.asked(row, sample)));
            }
        }
    }

    private Pending begun(Row row, RowRequests.Asked asked) {
        if (asked.fault() != null) {
            return new Pending(row, asked, refused(asked, "input", asked.fault()), null, false);
        }
        Optional<RowResult> known = journal.flatMap(files -> files.known().find(asked.id()));
        if (known.isPresent()) {
            return new Pending(row, asked, known.get(), null, true);
        }
        try {
            return new Pending(row, asked, null, generator.submit(requests.request(asked)), false);
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException e) {
            return new Pending(row, asked, refused(asked, e.code(), String.valueOf(e.getMessage())), null, false);
        }
    }

    private static RowResult refused(RowRequests.Asked asked, String code, String message) {
        return RowResult.refused(asked.id(), asked.key(), asked.sample(), asked.seed(), code, message);
    }

    private static RowResult result(RowRequests.Asked asked, Generation<?> generation) {
        Outcome outcome = generation.outcome();
        if (outcome instanceof Outcome.Cancelled) {
            throw new CancelledException("the task was killed, or its executor ends");
        }
        Transcript written = generation.transcript();
        EspalierException failure = generation.failure().orElse(null);
        String name = outcome.isComplete() && failure != null ? "not-valid" : name(outcome);
        return new RowResult(
                asked.id(),
                asked.key(),
                asked.sample(),
                asked.seed(),
                name,
                written.text(),
                failure == null ? null : failure.code(),
                failure == null ? null : String.valueOf(failure.getMessage()),
                written.promptTokens(),
                written.tokens().size(),
                written.forcedTokens(),
                written.shortened(),
                finite(written.logProbability()),
                finite(outcome.logWeight()));
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }

    private static String name(Outcome outcome) {
        if (outcome instanceof Outcome.Complete) {
            return "complete";
        } else if (outcome instanceof Outcome.BudgetExhausted) {
            return "budget-exhausted";
        } else if (outcome instanceof Outcome.DeadEnd) {
            return "dead-end";
        } else if (outcome instanceof Outcome.Cancelled) {
            return "cancelled";
        }
        return outcome instanceof Outcome.ModelFailed ? MODEL_FAILED : "refused";
    }

    private static EspalierException failed(RowResult result) {
        String message = "the row with the key " + result.key() + ", sample " + result.sample() + ", has no value: "
                + result.outcome() + ", " + result.code() + ": " + result.message();
        return result.outcome().equals(MODEL_FAILED) ? new ModelException(message) : new InvalidInputException(message);
    }

    private static Row extended(Row row, Row answer) {
        @Nullable Object[] values = new Object[row.length() + 1];
        for (int i = 0; i < row.length(); i++) {
            values[i] = row.get(i);
        }
        values[row.length()] = answer;
        return RowFactory.create(values);
    }

    /** Ends the rows under way. */
    void cancel() {
        cancellation.cancel();
        for (Pending one : pending) {
            if (one.generation() != null) {
                one.generation().cancel(false);
            }
        }
        pending.clear();
    }
}
