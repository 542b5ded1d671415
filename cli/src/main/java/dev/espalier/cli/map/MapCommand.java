// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.map;

import dev.espalier.Generation;
import dev.espalier.Generator;
import dev.espalier.Request;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.cli.console.ProgressDisplay;
import dev.espalier.cli.console.StopSignal;
import dev.espalier.cli.options.ConstraintOptions;
import dev.espalier.cli.options.ModelOptions;
import dev.espalier.cli.options.NamedOutput;
import dev.espalier.cli.options.SamplingOptions;
import dev.espalier.cli.report.OutcomeJson;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.SamplingParameters;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.source.OutputSource;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** {@code espalier map}. */
@Command(
        name = "map",
        mixinStandardHelpOptions = true,
        description = {
            "Has a model read each row of a file, and writes one result for each, in their order: a value, or what went wrong.",
            "Rows share forward passes. A run that was broken off goes on with --resume.",
            "For one machine. Where the rows are in a cluster, or one machine takes too long, a job of Spark is the better place."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier map mails.jsonl --schema invoice.schema.json --out invoices.jsonl",
            "  espalier map mails.jsonl --schema invoice.schema.json --out invoices.jsonl --resume",
            "  espalier map reviews.jsonl --text-member body --key-member id --choice good,bad --model DIR -n 32"
        })
public final class MapCommand implements Callable<Integer> {

    private static final int MOST_AT_ONCE = 512;

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The rows: one JSON object a line; - for standard input.")
    private String file;

    @Mixin
    private final ConstraintOptions constraint = new ConstraintOptions();

    @Mixin
    private final ModelOptions modelOptions = new ModelOptions();

    @Mixin
    private final SamplingOptions samplingOptions = new SamplingOptions();

    @Option(
            names = "--text-member",
            paramLabel = "NAME",
            description = "The member that the model reads. Default: text.")
    private String textMember = "text";

    @Option(
            names = "--key-member",
            paramLabel = "NAME",
            description =
                    "The member that a row is known by, which also decides its random choices. Default: the number of the line.")
    private String keyMember = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the results go. Default: standard output.")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Goes on with the results that are in the file.")
    private boolean isResumed;

    @Option(names = "-n", paramLabel = "N", description = "Rows that are under way together. Default: 16.")
    private int atOnce = 16;

    public MapCommand(Console console) {
        this.console = console;
    }

    /** A row under way; its answer is null if it is wrong. */
    private record Pending(Row row, @Nullable CompletableFuture<Generation<String>> answer) {}

    @Override
    public Integer call() {
        if (atOnce < 1 || atOnce > MOST_AT_ONCE) {
            throw new ParameterException(spec.commandLine(), "-n must be 1 to " + MOST_AT_ONCE + ", but was " + atOnce);
        } else if (isResumed && out == null) {
            throw new ParameterException(spec.commandLine(), "--resume needs --out");
        }
        NamedOutput named = constraint.one(console, SchemaOptions.DEFAULT);
        samplingOptions.check();
        named.source(); // a fault in it is told before anything is read
        List<Row> rows = Row.read(console.readText(file), textMember, keyMember);
        try (StopSignal stop = new StopSignal();
                Journal journal = out == null
                        ? Journal.of(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8))
                        : Journal.open(out, rows, isResumed);
                ModelOptions.Opened opened =
                        modelOptions.open(console, constraint.limits(), named.output(), samplingOptions.draftModel());
                ProgressDisplay progress = ProgressDisplay.of(console, "map", rows.size())) {
            for (int i = 0; i < journal.done(); i++) {
                progress.step();
            }
            return run(rows, named, opened.generator(), journal, progress, stop.cancellation());
        }
    }

    private int run(
            List<Row> rows,
            NamedOutput named,
            Generator generator,
            Journal journal,
            ProgressDisplay progress,
            Cancellation stop) {
        boolean isJson = named.output().source() instanceof OutputSource.Schema;
        Deque<Pending> pending = new ArrayDeque<>();
        int failed = 0;
        int next = journal.done();
        while (!stop.isRequested() && (next < rows.size() || !pending.isEmpty())) {
            while (next < rows.size() && pending.size() < atOnce) {
                pending.add(begin(rows.get(next++), named, generator, stop));
            }
            Pending first = pending.remove();
            ObjectNode result = result(first, isJson);
            if (stop.isRequested() && first.answer() != null) {
                break; // it may have been cut off by that
            }
            failed += result.get("outcome").stringValue().equals("complete") ? 0 : 1;
            journal.add(result);
            progress.step();
        }
        if (stop.isRequested()) {
            console.err().println("espalier: stopped; --resume goes on");
            return ExitCode.FAILED;
        } else if (failed > 0) {
            console.err()
                    .println("espalier: " + failed + " of " + rows.size()
                            + " rows have no value; their results say why");
        }
        return failed > 0 ? ExitCode.NOT_VALID : ExitCode.DONE;
    }

    private Pending begin(Row row, NamedOutput named, Generator generator, Cancellation stop) {
        if (!row.fault().isEmpty()) {
            return new Pending(row, null);
        }
        SamplingParameters sampling = samplingOptions.parameters(0);
        Request<String> request = Request.of(row.text(), named.output())
                .with(sampling.withSeed(seed(row.key(), sampling.seed())))
                .with(stop)
                .withAttempts(samplingOptions.attempts());
        try {
            return new Pending(row, generator.submit(request));
        } catch (EspalierException e) {
            return new Pending(new Row(row.key(), "", String.valueOf(e.getMessage())), null);
        }
    }

    /** A seed that the key decides, wherever the row is. */
    private static long seed(String key, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
            return ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ObjectNode result(Pending pending, boolean isJson) {
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("key", pending.row().key());
        CompletableFuture<Generation<String>> answer = pending.answer();
        if (answer == null) {
            return result.put("outcome", "refused").put("error", pending.row().fault());
        }
        Generation<String> generation = answer.join();
        if (generation.value().isEmpty()) {
            boolean isWhole = generation.outcome().isComplete();
            return result.put("outcome", isWhole ? "not-valid" : OutcomeJson.name(generation.outcome()))
                    .put("error", OutcomeJson.reason(generation));
        }
        result.put("outcome", "complete");
        String value = generation.value().get();
        return isJson ? result.putRawValue("value", new RawValue(value)) : result.put("value", value);
    }
}
