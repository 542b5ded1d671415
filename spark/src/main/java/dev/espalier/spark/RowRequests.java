// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.core.Cancellation;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What is asked of the model for each row and sample. For one thread at a time. */
final class RowRequests {

    private final JobSettings settings;
    private final int[] keys;
    private final int[] prompts;
    private final int schema;
    private final @Nullable Output<?> output;
    private final Cancellation cancellation;
    private final String law;

    /**
     * The requests of a task.
     *
     * @param law what decides the results beside the row
     * @param cancellation ends them
     */
    RowRequests(
            JobSettings settings, @Nullable Class<?> type, StructType columns, String law, Cancellation cancellation) {
        this.settings = settings;
        this.keys = settings.key().stream().mapToInt(columns::fieldIndex).toArray();
        this.prompts = settings.prompt().columns().stream()
                .mapToInt(columns::fieldIndex)
                .toArray();
        boolean isOfRow = settings.output().isOfRow();
        this.schema = isOfRow ? columns.fieldIndex(settings.output().text()) : -1;
        this.output = isOfRow ? null : settings.output().output(type);
        this.law = law;
        this.cancellation = cancellation;
    }

    /**
     * What is asked.
     *
     * @param id what the result depends on, as a hash
     * @param seed of the random choices: a hash of the job's seed, the key and the sample
     * @param prompt what the model reads; null if a column of it is
     * @param schema the row's own schema; null if there is none
     * @param fault why nothing can be asked; null if it can
     */
    record Asked(
            String id,
            String key,
            int sample,
            long seed,
            @Nullable String prompt,
            @Nullable String schema,
            @Nullable String fault) {}

    Asked asked(Row row, int sample) {
        String prompt = prompt(row);
        String own = schema < 0 ? null : row.getString(schema);
        String key = keys.length == 0 ? String.valueOf(prompt) : key(row);
        String fault = null;
        if (key == null) {
            fault = "a column of the key is null";
            key = "null";
        } else if (prompt == null) {
            fault = "a column of the prompt is null";
        } else if (schema >= 0 && own == null) {
            fault = "the row's schema is null";
        }
        long seed = new Digest()
                .add(settings.sampling().seed())
                .add(key)
                .add(sample)
                .number();
        String id = new Digest()
                .add(law)
                .add(key)
                .add(sample)
                .add(String.valueOf(prompt))
                .add(String.valueOf(own))
                .text();
        return new Asked(id, shown(key), sample, seed, prompt, own, fault);
    }

    private static String shown(String key) {
        return key.length() <= 200 ? key : key.substring(0, 200) + "…";
    }

    private @Nullable String prompt(Row row) {
        List<String> values = new ArrayList<>();
        for (int place : prompts) {
            if (row.isNullAt(place)) {
                return null;
            }
            values.add(text(Objects.requireNonNull(row.get(place))));
        }
        return settings.prompt().fill(values);
    }

    private @Nullable String key(Row row) {
        List<String> values = new ArrayList<>();
        for (int place : keys) {
            if (row.isNullAt(place)) {
                return null;
            }
            values.add(text(Objects.requireNonNull(row.get(place))));
        }
        return values.size() == 1 ? values.get(0) : values.toString();
    }

    /** A value as text, the same on every machine. */
    static String text(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toInstant().toString();
        } else if (value instanceof Date date) {
            return date.toLocalDate().toString();
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value.toString();
    }

    /**
     * The request of a row.
     *
     * @throws dev.espalier.core.error.EspalierException if the row's own schema cannot be an output
     */
    Request<?> request(Asked asked) {
        Output<?> wanted = asked.schema() == null
                ? Objects.requireNonNull(output)
                : settings.output().output(asked.schema());
        Request<?> request = Request.of(Objects.requireNonNull(asked.prompt()), wanted)
                .with(settings.sampling().withSeed(asked.seed()))
                .with(cancellation)
                .withAttempts(settings.attempts());
        return settings.quotes() ? request.withPromptAsSource() : request;
    }
}
