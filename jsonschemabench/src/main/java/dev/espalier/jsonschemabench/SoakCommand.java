package dev.espalier.jsonschemabench;

import dev.espalier.cli.Console;
import dev.espalier.cli.ExitCode;
import dev.espalier.cli.StopSignal;
import dev.espalier.grammar.Limits;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.soak.SoakReport;
import dev.espalier.jsonschemabench.soak.SoakRun;
import dev.espalier.jsonschemabench.soak.SoakSettings;
import dev.espalier.jsonschemabench.soak.SoakSummary;
import dev.espalier.mask.Vocabulary;
import dev.espalier.schemas.MemberOrder;
import dev.espalier.schemas.SchemaOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Compiles many thousand different schemas one after another, makes some masks of each and drops it, as a server does"
                    + " that never ends: memory must stay flat and no schema take longer than those before it.",
            "Writes results.jsonl and report.html; Ctrl-C ends it and keeps the results so far. Ends with status 1 if anything"
                    + " grew. Bound the heap by ESPALIER_JAVA_OPTIONS=-Xmx512m."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ESPALIER_JAVA_OPTIONS=-Xmx512m espalier bench soak --tokenizer tokenizer.json.gz --out soak-out",
            "  espalier bench soak --tokenizer tokenizer.json --data jsonschemabench --schemas 20000 --cache 32 --out soak-out"
        })
final class SoakCommand implements Callable<Integer> {

    private final Console console;

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
            names = "--data",
            arity = "1..*",
            paramLabel = "DIR_OR_FILE",
            description = "a corpus whose schemas are strewn in among the generated ones (default: none)")
    private List<Path> data = List.of();

    @Option(
            names = "--schemas",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "100000",
            description = "how many different ones (default: ${DEFAULT-VALUE})")
    private int schemas;

    @Option(
            names = "--masks",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "16",
            description = "masks of one schema at most (default: ${DEFAULT-VALUE})")
    private int masks;

    @Option(
            names = "--windows",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "50",
            description = "how often memory is measured, at least 10 (default: ${DEFAULT-VALUE})")
    private int windows;

    @Option(
            names = "--cache",
            converter = AtLeastOne.class,
            paramLabel = "MB",
            defaultValue = "32",
            description = "the limit maxCacheBytes; small, so that it is reached soon (default: ${DEFAULT-VALUE})")
    private int cache;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "any",
            description = "declared or any: order of members (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private MemberOrder order;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "decides the schemas and their texts (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--threads",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "schemas that are worked on at a time (default: one a processor)")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private ReportOutput output;

    SoakCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        SoakSettings settings = settings();
        SoakRun run = new SoakRun(settings, Vocabulary.read(tokenizer));
        try (StopSignal stop = new StopSignal()) {
            SoakSummary summary;
            try (Progress progress = Progress.start(console, "soak", schemas)) {
                summary = run.run(out, stop.cancellation(), progress::step);
            }
            ReportOutput.write(new SoakReport(summary, setting()).page(), out, console);
            output.print(summary, console);
            return summary.faults().isEmpty() ? ExitCode.DONE : ExitCode.NOT_VALID;
        }
    }

    private SoakSettings settings() {
        Optional<SchemaCorpus> corpus = data.isEmpty() ? Optional.empty() : Optional.of(SchemaCorpus.read(data));
        SchemaOptions options = SchemaOptions.DEFAULT
                .withMemberOrder(order)
                .withLimits(Limits.DEFAULT.with("maxCacheBytes", (long) cache << 20));
        return new SoakSettings(schemas, windows, masks, threads, seed, corpus, options);
    }

    private String setting() {
        return String.format(
                Locale.ROOT,
                "%d schemas%s, seed %d; at most %d masks of each; tokenizer %s; member order %s; caches of %d MB; heap of %d MB;"
                        + " %d threads on %d processors; Java %s.",
                schemas,
                data.isEmpty() ? "" : ", " + data + " among them",
                seed,
                masks,
                tokenizer.getFileName(),
                order.name().toLowerCase(Locale.ROOT),
                cache,
                Runtime.getRuntime().maxMemory() >> 20,
                threads,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
    }
}
