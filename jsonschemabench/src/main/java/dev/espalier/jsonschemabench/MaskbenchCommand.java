package dev.espalier.jsonschemabench;

import dev.espalier.backends.HuggingFaceEncoder;
import dev.espalier.backends.ModelFiles;
import dev.espalier.cli.Console;
import dev.espalier.cli.ExitCode;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.jsonschemabench.maskbench.Maskbench;
import dev.espalier.jsonschemabench.maskbench.MaskbenchReport;
import dev.espalier.jsonschemabench.maskbench.MaskbenchSummary;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.mask.Vocabulary;
import dev.espalier.schemas.MemberOrder;
import dev.espalier.schemas.SchemaOptions;
import dev.espalier.schemas.WhiteSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench maskbench}. */
@Command(
        name = "maskbench",
        mixinStandardHelpOptions = true,
        description = {
            "Times every mask along every instance of a corpus of schemas, by MaskBench's protocol, and checks that valid"
                    + " instances are accepted and invalid ones refused, their ends included.",
            "Writes results.jsonl and report.html; a run that was stopped goes on where it was.",
            "Data: a clone of MaskBench's repository, files of its maskbench/data, or .jsonl and .jsonl.gz files with one"
                    + " schema a line."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench maskbench --data $ESPALIER_DATA/jsonschemabench --tokenizer tokenizer.json.gz"
                    + " --out bench-out",
            "  espalier bench maskbench --data jsonschemabench --tokenizer tokenizer.json --out bench-out"
                    + " --text compact --limit 500 --threads 1"
        })
final class MaskbenchCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "DIR_OR_FILE",
            description = "schemas with instances")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> data;

    @Option(
            names = "--tokenizer",
            required = true,
            paramLabel = "FILE",
            description = "tokenizer.json, plain or gzipped")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path tokenizer;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where results and report are written")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--text",
            paramLabel = "FORM",
            defaultValue = "official",
            description = "official or compact: how instances are written; official is \", \" and \": \" (default)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private InstanceText text;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "any",
            description = "declared or any: order of members (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private MemberOrder order;

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "run the valid instances under this schema instead of their own, such as {} for plain JSON")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> schema;

    @Option(names = "--limit", paramLabel = "N", description = "only N schemas, spread over all, always the same")
    private int limit = Integer.MAX_VALUE;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "schemas that run at a time (default: one a processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "time for one schema (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "100",
            description = "schemas that are run first and not counted (default: ${DEFAULT-VALUE})")
    private int warmup;

    @Option(names = "--json", description = "print the summary as a line of JSON instead of the tables")
    private boolean json;

    MaskbenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1 || limit < 1 || seconds < 1 || warmup < 0) {
            throw new InvalidInputException("--threads, --limit and --seconds must be at least 1, --warmup at least 0");
        }
        SchemaCorpus corpus = corpus();
        Vocabulary vocabulary = Vocabulary.read(tokenizer);
        Path folder = tokenizer.toAbsolutePath().resolveSibling("");
        try (StopSignal stop = new StopSignal();
                HuggingFaceEncoder encoder = HuggingFaceEncoder.read(
                        ModelFiles.directory(folder), tokenizer.getFileName().toString());
                Progress progress = Progress.start(console, "maskbench", corpus.size())) {
            Workers workers = new Workers(threads, stop.cancellation());
            Maskbench run = new Maskbench(corpus, vocabulary, encoder, options(), text, settings(), workers, warmup);
            MaskbenchSummary summary = run.run(out, progress::step);
            new MaskbenchReport(summary, setting(corpus)).page().write(out.resolve("report.html"));
            progress.close();
            console.out().print(json ? summary.toJson() + System.lineSeparator() : summary);
            console.out().flush();
            console.err()
                    .println("espalier: wrote " + out.resolve("results.jsonl") + " and " + out.resolve("report.html"));
            return stop.cancellation().isRequested() ? ExitCode.NOT_VALID : ExitCode.DONE;
        }
    }

    private Settings settings() {
        return Settings.none()
                .with("--tokenizer", tokenizer.getFileName())
                .with("--text", text.name().toLowerCase(Locale.ROOT))
                .with("--order", order.name().toLowerCase(Locale.ROOT))
                .with("--schema", schema.map(Path::toString).orElse(""))
                .with("--seconds", seconds);
    }

    private SchemaCorpus corpus() {
        SchemaCorpus corpus = SchemaCorpus.read(data).limited(limit);
        if (schema.isEmpty()) {
            return corpus;
        }
        try {
            return corpus.under(Files.readString(schema.get()));
        } catch (IOException e) {
            throw new InvalidInputException(schema.get() + ": cannot be read as UTF-8 text", e);
        }
    }

    private SchemaOptions options() {
        return SchemaOptions.DEFAULT
                .withMemberOrder(order)
                .withWhiteSpace(text == InstanceText.OFFICIAL ? WhiteSpace.ANY : WhiteSpace.COMPACT)
                .withLimits(Limits.DEFAULT.with(
                        "compileDeadline", Duration.ofSeconds(seconds).toMillis()));
    }

    private String setting(SchemaCorpus corpus) {
        return String.format(
                Locale.ROOT,
                "%d schemas; tokenizer %s; text %s; member order %s; %d threads on %d processors; Java %s.",
                corpus.size(),
                tokenizer.getFileName(),
                text.name().toLowerCase(Locale.ROOT),
                order.name().toLowerCase(Locale.ROOT),
                threads,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    }
}
