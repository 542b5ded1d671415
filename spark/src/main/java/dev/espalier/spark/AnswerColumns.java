// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.spark.column.Column;
import dev.espalier.spark.column.ColumnReader;
import dev.espalier.spark.journal.RowResult;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The fields of the column that a job adds. */
final class AnswerColumns {

    private static final StructType ERROR =
            new StructType().add("code", DataTypes.StringType, false).add("message", DataTypes.StringType, false);

    private final @Nullable ColumnReader values;

    /**
     * The fields of a job.
     *
     * @param values reads JSON texts; null where the text is the value
     */
    AnswerColumns(@Nullable ColumnReader values) {
        this.values = values;
    }

    /** The type of the column, with values of a type. */
    static StructType type(Column value) {
        return new StructType()
                .add("value", value.type().dataType(), true)
                .add("text", DataTypes.StringType, true)
                .add("outcome", DataTypes.StringType, false)
                .add("error", ERROR, true)
                .add("sample", DataTypes.IntegerType, false)
                .add("seed", DataTypes.LongType, false)
                .add("tokens_in", DataTypes.IntegerType, false)
                .add("tokens_out", DataTypes.IntegerType, false)
                .add("forced_tokens", DataTypes.IntegerType, false)
                .add("shortened", DataTypes.BooleanType, false)
                .add("log_probability", DataTypes.DoubleType, true)
                .add("log_weight", DataTypes.DoubleType, true);
    }

    /** A result, and the value of its text. */
    record Typed(RowResult result, @Nullable Object value) {}

    /**
     * The value of a result; another result where no column of the type holds it.
     *
     * @param schema what the text was held to; asked where the text is JSON
     */
    Typed typed(RowResult result, Supplier<CompiledGrammar> schema, Cancellation cancellation) {
        if (!result.isWhole()) {
            return new Typed(result, null);
        } else if (values == null || result.text() == null) {
            return new Typed(result, result.text());
        }
        try {
            return new Typed(result, values.read(result.text(), schema.get(), cancellation));
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException e) {
            return new Typed(result.notValid("column", String.valueOf(e.getMessage())), null);
        }
    }

    static Row row(Typed typed) {
        RowResult result = typed.result();
        Row error = result.isWhole() ? null : RowFactory.create(result.code(), result.message());
        return RowFactory.create(
                typed.value(),
                result.text(),
                result.outcome(),
                error,
                result.sample(),
                result.seed(),
                result.tokensIn(),
                result.tokensOut(),
                result.forcedTokens(),
                result.shortened(),
                result.logProbability(),
                result.logWeight());
    }
}
