// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.core.Cancellation;
import dev.espalier.spark.column.Column;
import dev.espalier.spark.column.ColumnReader;
import dev.espalier.spark.journal.JournalFolder;
import dev.espalier.spark.journal.JournalWriter;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The work of a task: asks the executor's model about each row. Serialisable.
 *
 * @param model which model
 * @param settings what is asked, as JSON
 * @param type the Java type of values, if it is one
 * @param columns the columns of the input
 * @param value the column of values; null where the text is the value
 * @param javaTime whether dates and times are those of {@code java.time}
 * @param counters where results are counted
 * @param hadoop how the journal's file system is reached; null without a journal
 */
record RowsFunction(
        ModelSpec model,
        String settings,
        @Nullable Class<?> type,
        StructType columns,
        @Nullable Column value,
        boolean javaTime,
        JobCounters counters,
        @Nullable SerializableConfiguration hadoop)
        implements MapPartitionsFunction<Row, Row> {

    @Serial
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        TaskContext task = TaskContext.get();
        JobSettings asked = JobSettings.read(settings);
        BooleanSupplier isKilled = task::isInterrupted;
        SharedModels.Lease lease = SharedModels.lease(model, device(model.device(), task.resourcesJMap()), isKilled);
        task.addTaskCompletionListener((TaskCompletionListener) ended -> lease.close());
        Cancellation cancellation = Cancellation.when(isKilled);
        Optional<AnsweredRows.Journal> journal = journal(asked, lease.model(), task);
        AnswerColumns answers = new AnswerColumns(value == null ? null : new ColumnReader(value, javaTime));
        RowRequests requests = new RowRequests(asked, type, columns, law(asked, model, type), cancellation);
        AnsweredRows answered = new AnsweredRows(
                rows,
                asked,
                requests,
                new AnsweredRows.Tools(lease.model().generator(), answers, counters, cancellation, journal, isKilled));
        task.addTaskCompletionListener((TaskCompletionListener) ended -> answered.cancel());
        return answered;
    }

    private Optional<AnsweredRows.Journal> journal(JobSettings asked, SharedModel shared, TaskContext task) {
        if (asked.journal() == null || hadoop == null) {
            return Optional.empty();
        }
        JournalFolder folder = JournalFolder.open(asked.journal(), hadoop.value());
        JournalWriter writer = new JournalWriter(folder);
        task.addTaskCompletionListener((TaskCompletionListener) ended -> close(writer));
        return Optional.of(new AnsweredRows.Journal(shared.journal(asked.journal(), folder), writer));
    }

    private static void close(JournalWriter writer) {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What decides the results, beside key, prompt and sample: the model, the output and the way of drawing. */
    static String law(JobSettings settings, ModelSpec model, @Nullable Class<?> type) {
        return new Digest()
                .add(model.law().toString())
                .add(settings.output().toString())
                .add(type == null ? "" : type.getName())
                .add(settings.sampling().toString())
                .add(settings.attempts())
                .add(String.valueOf(settings.quotes()))
                .text();
    }

    /** The device of a task: where {@code cuda} has no number, the GPU that Spark gave to it. */
    static String device(String wanted, Map<String, ResourceInformation> resources) {
        ResourceInformation gpu = resources.get("gpu");
        if (gpu == null || !wanted.equals("cuda") || gpu.addresses().length == 0) {
            return wanted;
        }
        return "cuda:" + gpu.addresses()[0];
    }
}
