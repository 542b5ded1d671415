// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.column;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.stream.ValueTracker;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON texts into values of a column, as rows of Spark have them. The matcher of the schema reads the text, and the value is made of what it tells: so no
 * value is made of a text that the schema does not allow. Numbers are read by their digits, never by way of a double. Thread-safe. Cost: linear in the text.
 */
public final class ColumnReader {

    private final Column column;
    private final ScalarValues scalars;

    /**
     * A reader.
     *
     * @param javaTime whether dates and times are {@code LocalDate} and {@code Instant}, as with {@code spark.sql.datetime.java8API.enabled}, or those of
     *     {@code java.sql}
     */
    public ColumnReader(Column column, boolean javaTime) {
        this.column = column;
        this.scalars = new ScalarValues(javaTime);
    }

    /**
     * The value that a text says.
     *
     * @param schema the column's schema, compiled
     * @param cancellation ends the reading soon
     * @throws InvalidInputException if the column's type does not hold it, naming the place; or if the schema does not allow the text
     */
    public @Nullable Object read(String text, CompiledGrammar schema, Cancellation cancellation) {
        ColumnValue value = new ColumnValue(column, scalars);
        ValueTracker tracker = ValueTracker.of(schema, value, cancellation);
        tracker.accept(text.getBytes(StandardCharsets.UTF_8));
        tracker.finish();
        return value.whole();
    }
}
