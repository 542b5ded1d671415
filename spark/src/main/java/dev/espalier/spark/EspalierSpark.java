// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.Request;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.spark.column.Column;
import dev.espalier.spark.column.ColumnType;
import dev.espalier.spark.column.SchemaColumns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A job that has a model answer each row of a data frame. Each row comes back once for each sample, with a column of its answer: a value whose type comes from the schema,
 * or the reason why there is none.
 *
 * <pre>{@code
 * Dataset<Row> answered = EspalierSpark.over(mails)
 *         .model(ModelSpec.embedded())
 *         .key("id")
 *         .prompt("text")
 *         .record(Invoice.class)
 *         .generate();
 * }</pre>
 *
 * <p>Not thread-safe; each method changes this and returns it, as those of Spark's readers and writers do.
 */
public final class EspalierSpark {

    private static final int WINDOW = 32;

    private final Dataset<Row> rows;
    private @Nullable ModelSpec model;
    private List<String> key = List.of();
    private @Nullable PromptTemplate prompt;
    private @Nullable AskedOutput output;
    private @Nullable Class<?> type;
    private SamplingParameters sampling = SamplingParameters.DEFAULT;
    private int samples = 1;
    private int attempts = Request.DEFAULT_ATTEMPTS;
    private boolean quotes;
    private RowErrors errors = RowErrors.COLUMN;
    private int window = WINDOW;
    private String column = "answer";
    private ColumnType.@Nullable Decimal decimals;
    private @Nullable String journal;
    private @Nullable JobCounters counters;

    private EspalierSpark(Dataset<Row> rows) {
        this.rows = Objects.requireNonNull(rows, "rows");
    }

    /** A job over the rows of a data frame. */
    public static EspalierSpark over(Dataset<Row> rows) {
        return new EspalierSpark(rows);
    }

    /** The model that answers. */
    public EspalierSpark model(ModelSpec value) {
        this.model = Objects.requireNonNull(value, "model");
        return this;
    }

    /** The columns that a row is known by. They decide its random choices, and are named in errors; without a key the prompt does. */
    public EspalierSpark key(String... columns) {
        this.key = List.of(columns);
        return this;
    }

    /** The column that the model reads. */
    public EspalierSpark prompt(String name) {
        this.prompt = PromptTemplate.column(name);
        return this;
    }

    /**
     * What the model reads, with <code>{name}</code> for the text of a column, and <code>{{</code> and <code>}}</code> for braces.
     *
     * @throws InvalidInputException if a brace is alone, or no column is named
     */
    public EspalierSpark template(String text) {
        this.prompt = PromptTemplate.parse(text);
        return this;
    }

    /**
     * Each value is one of a Java type, as {@link Output#of(Class)} has it. Executors need the class.
     *
     * @throws InvalidInputException if it has annotations of Jackson and the jar with everything in it is used, which does not see them
     */
    public EspalierSpark record(Class<?> value) {
        SeenAnnotations.require(value);
        this.type = value;
        return with(AskedOutput.of(AskedOutput.Kind.RECORD, value.getName()));
    }

    /** Each value is one of a JSON Schema. */
    public EspalierSpark schema(String json) {
        return schema(json, SchemaOptions.DEFAULT);
    }

    /** Each value is one of a JSON Schema: any member order, white space and enforcement. */
    public EspalierSpark schema(String json, SchemaOptions options) {
        return with(AskedOutput.schema(AskedOutput.Kind.SCHEMA, json, options));
    }

    /** Each row has a JSON Schema of its own. Values are JSON text. */
    public EspalierSpark schemaColumn(String name) {
        return with(AskedOutput.of(AskedOutput.Kind.SCHEMA_COLUMN, name));
    }

    /** Each value is a text of a grammar in GBNF. */
    public EspalierSpark grammar(String gbnf) {
        return grammar(GrammarDialect.GBNF, gbnf);
    }

    /** Each value is a text of a grammar. */
    public EspalierSpark grammar(GrammarDialect dialect, String text) {
        return with(AskedOutput.grammar(dialect, text));
    }

    /** Each value is one of some texts. */
    public EspalierSpark choice(String... texts) {
        return with(AskedOutput.choice(Arrays.asList(texts)));
    }

    /** Each value is a text that a regular expression matches from end to end. */
    public EspalierSpark regex(String pattern) {
        return with(AskedOutput.of(AskedOutput.Kind.REGEX, pattern));
    }

    /** Each value is any text. */
    public EspalierSpark text() {
        return with(AskedOutput.of(AskedOutput.Kind.TEXT, ""));
    }

    private EspalierSpark with(AskedOutput value) {
        if (output != null) {
            throw new InvalidInputException("a job has one output, and this one has " + output.kind() + " already");
        }
        this.output = value;
        return this;
    }

    /** How tokens are drawn; the likeliest one unless changed. The seed of a row is a hash of this seed, its key and the number of the sample. */
    public EspalierSpark sampling(SamplingParameters value) {
        this.sampling = Objects.requireNonNull(value, "sampling");
        return this;
    }

    /** The most tokens of a text, as {@link SamplingParameters#withMaxTokens} has it; texts are closed within it. */
    public EspalierSpark budget(int tokens) {
        this.sampling = sampling.withMaxTokens(tokens);
        return this;
    }

    /** How many texts each row has; 1 unless changed. The temperature must be above 0 for more. */
    public EspalierSpark samples(int count) {
        require(count >= 1, "samples", "≥ 1", count);
        this.samples = count;
        return this;
    }

    /** How often a text may be begun where keywords are checked at the end, as {@link Request#withAttempts} has it. */
    public EspalierSpark attempts(int count) {
        require(count >= 1, "attempts", "≥ 1", count);
        this.attempts = count;
        return this;
    }

    /** Strings that the schema has quoted ({@code x-from-source}, {@code @FromSource}) are spans of the row's prompt. Each row's output is compiled for itself. */
    public EspalierSpark promptAsSource() {
        this.quotes = true;
        return this;
    }

    /** What becomes of rows without a value; they are in the result unless changed. */
    public EspalierSpark errors(RowErrors value) {
        this.errors = Objects.requireNonNull(value, "errors");
        return this;
    }

    /** How many rows and samples a task has under way, about; 32 unless changed. */
    public EspalierSpark window(int count) {
        require(count >= 1, "window", "≥ 1", count);
        this.window = count;
        return this;
    }

    /** The name of the column that is added; {@code answer} unless changed. */
    public EspalierSpark output(String name) {
        this.column = Objects.requireNonNull(name, "output");
        return this;
    }

    /**
     * Numbers whose schema has no bounds and steps are decimals of so many digits, so many of them behind the point, and not doubles. A number that is none is an error of its row.
     */
    public EspalierSpark decimals(int precision, int scale) {
        require(precision >= 1 && precision <= ColumnType.Decimal.MOST_DIGITS, "precision", "1 to 38", precision);
        require(scale >= 0 && scale <= precision, "scale", "0 to the precision", scale);
        this.decimals = new ColumnType.Decimal(precision, scale);
        return this;
    }

    /**
     * The folder, on any file system of Hadoop's, in which finished results are kept. A result that is there is not computed again: one of the same model, output and way of drawing, key, prompt and
     * sample. Results of models that failed are not kept.
     */
    public EspalierSpark journal(String path) {
        this.journal = Objects.requireNonNull(path, "journal");
        return this;
    }

    /** Where the job counts its results. */
    public EspalierSpark counters(JobCounters value) {
        this.counters = Objects.requireNonNull(value, "counters");
        return this;
    }

    private static void require(boolean holds, String member, String range, long value) {
        if (!holds) {
            throw new InvalidInputException(member + " must be " + range + ", but was " + value);
        }
    }

    /**
     * The data frame with the answers. As all of Spark's, it is computed when it is asked for, and again when it is asked for again; the results are the same.
     *
     * @throws dev.espalier.core.error.EspalierException if something is missing or does not fit, or the output cannot be compiled
     */
    public Dataset<Row> generate() {
        StructType columns = rows.schema();
        JobSettings settings = settings();
        check(settings, columns);
        Column value = column(settings);
        boolean isJson = settings.output().kind() == AskedOutput.Kind.RECORD
                || settings.output().kind() == AskedOutput.Kind.SCHEMA;
        boolean javaTime =
                Boolean.parseBoolean(rows.sparkSession().conf().get("spark.sql.datetime.java8API.enabled", "false"));
        RowsFunction function = new RowsFunction(
                given(model, "model"),
                settings.json(),
                type,
                columns,
                isJson ? value : null,
                javaTime,
                counters == null ? JobCounters.of(rows.sparkSession()) : counters,
                journal == null
                        ? null
                        : new SerializableConfiguration(
                                rows.sparkSession().sparkContext().hadoopConfiguration()));
        StructType result = columns.add(column, AnswerColumns.type(value), false);
        return rows.mapPartitions(function, Encoders.row(result));
    }

    private JobSettings settings() {
        AskedOutput asked = given(output, "output");
        if (asked.kind() == AskedOutput.Kind.SCHEMA && asked.text().contains("contentEncoding")) {
            asked = AskedOutput.schema(
                    asked.kind(), asked.text(), asked.options().withContents(true));
        }
        return new JobSettings(
                key,
                given(prompt, "prompt"),
                asked,
                sampling,
                samples,
                attempts,
                quotes,
                errors,
                window,
                column,
                decimals,
                journal);
    }

    private static <T> T given(@Nullable T value, String member) {
        if (value == null) {
            throw new InvalidInputException(member + " is missing");
        }
        return value;
    }

    private void check(JobSettings settings, StructType columns) {
        if (samples > 1 && !sampling.isRandom()) {
            throw new InvalidInputException(
                    "samples: " + samples + " texts of the likeliest tokens are one text; set a temperature above 0");
        }
        if (Arrays.stream(columns.fieldNames()).anyMatch(column::equalsIgnoreCase)) {
            throw new InvalidInputException("output: there is a column " + column + " already");
        }
        for (String name : settings.prompt().columns()) {
            requireAtomic("prompt", name, columns);
        }
        for (String name : key) {
            requireAtomic("key", name, columns);
        }
        if (settings.output().isOfRow()
                && !requireAtomic("schemaColumn", settings.output().text(), columns)
                        .equals(DataTypes.StringType)) {
            throw new InvalidInputException("schemaColumn: " + settings.output().text() + " is no column of strings");
        }
    }

    private static DataType requireAtomic(String member, String name, StructType columns) {
        if (!Arrays.asList(columns.fieldNames()).contains(name)) {
            throw new InvalidInputException(
                    member + ": there is no column " + name + "; there are " + String.join(", ", columns.fieldNames()));
        }
        DataType found = columns.apply(name).dataType();
        List<DataType> fit = List.of(
                DataTypes.StringType,
                DataTypes.ByteType,
                DataTypes.ShortType,
                DataTypes.IntegerType,
                DataTypes.LongType,
                DataTypes.BooleanType,
                DataTypes.DateType,
                DataTypes.TimestampType);
        if (!fit.contains(found) && !(found instanceof DecimalType)) {
            throw new InvalidInputException(member + ": the column " + name + " is " + found.simpleString()
                    + "; strings, integers, decimals, booleans, dates and timestamps will do");
        }
        return found;
    }

    /** The column of values, once the output is known to be right. */
    private Column column(JobSettings settings) {
        AskedOutput asked = settings.output();
        if (asked.isOfRow()) {
            return Column.JSON;
        }
        Output<?> wanted = asked.output(type);
        compile(quotes ? wanted.withSource("a") : wanted);
        if (asked.kind() != AskedOutput.Kind.RECORD && asked.kind() != AskedOutput.Kind.SCHEMA) {
            return Column.of(ColumnType.Scalar.STRING);
        }
        SchemaColumns.Reading reading = new SchemaColumns.Reading(
                asked.options().formats(),
                asked.options().contents(),
                Optional.ofNullable(decimals),
                asked.kind() == AskedOutput.Kind.RECORD ? javaPatterns() : Map.of());
        return SchemaColumns.of(wanted.schema().orElseThrow(), reading);
    }

    private void compile(Output<?> wanted) {
        try {
            OutputCompiler.compileSource(wanted, Limits.DEFAULT);
        } catch (UnsatisfiableException e) {
            if (!quotes) { // with the text of a row there may be values
                throw e;
            }
        }
    }

    /** Strings of Java types that Spark has a type for, by the patterns of their schemas. */
    private static Map<String, ColumnType.Scalar> javaPatterns() {
        Map<String, ColumnType.Scalar> patterns = new HashMap<>();
        Map.of(
                        LocalDate.class, ColumnType.Scalar.DATE,
                        Instant.class, ColumnType.Scalar.TIMESTAMP,
                        OffsetDateTime.class, ColumnType.Scalar.TIMESTAMP,
                        byte[].class, ColumnType.Scalar.BINARY)
                .forEach((javaType, scalar) -> SchemaColumns.pattern(
                                Output.of(javaType).schema().orElseThrow())
                        .ifPresent(pattern -> patterns.put(pattern, scalar)));
        return patterns;
    }
}
