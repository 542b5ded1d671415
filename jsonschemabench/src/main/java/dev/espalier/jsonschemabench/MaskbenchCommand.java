package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.jsonschemabench.maskbench.Maskbench;
import dev.espalier.jsonschemabench.maskbench.Protocol;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.schemas.options.SchemaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench maskbench}. */
@Command(
        name = "maskbench",
        mixinStandardHelpOptions = true,
        description = {
            "Times every mask along every instance of a corpus of schemas, by MaskBench's protocol, and checks that valid"
                    + " instances are accepted and invalid ones refused, their ends included.",
            "Writes results.jsonl and report.html; a run that was stopped, also by Ctrl-C, goes on where it was."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier bench maskbench --data $ESPALIER_DATA/jsonschemabench --tokenizer tokenizer.json.gz"
                    + " --out bench-out",
            "  espalier bench maskbench --data jsonschemabench --tokenizer tokenizer.json --out bench-out"
                    + " --text compact --limit 500 --threads 1",
            "  espalier bench maskbench --data jsonschemabench --tokenizer tokenizer.json --out bench-out"
                    + " --threads 1 --repeat 3 --retained 200"
        })
final class MaskbenchCommand extends RunCommand {

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(
            names = "--text",
            paramLabel = "FORM",
            defaultValue = "official",
            description = "official or compact: how instances are written; official is \", \" and \": \" (default)")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private InstanceText text;

    @Mixin
    private final OrderOption order = new OrderOption();

    @Option(
            names = "--schema",
            paramLabel = "FILE",
            description = "run the valid instances under this schema instead of their own, such as {} for plain JSON")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Optional<Path> schema;

    @Option(
            names = "--limit",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "only N schemas, spread over all, always the same")
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Option(
            names = "--seconds",
            converter = AtLeastOne.class,
            paramLabel = "S",
            defaultValue = "60",
            description = "time for one schema (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--repeat",
            converter = AtLeastOne.class,
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "read each instance N times, each time with a schema compiled anew by an engine of its own whose"
                            + " caches have seen the same schemas; the least time of each compilation, first mask and step counts"
                            + " (default: ${DEFAULT-VALUE})")
    private int readings;

    @Option(
            names = "--retained",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description =
                    "after that, measure what N compiled schemas, spread over all, keep on the heap: what full collections"
                            + " free when one is dropped; a second or so each (default: none)")
    private int weighed;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            defaultValue = "100",
            description = "schemas that are run first and not counted (default: ${DEFAULT-VALUE})")
    private int warmup;

    @Mixin
    private final OutputOption output = new OutputOption();

    MaskbenchCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        if (warmup < 0) {
            throw new InvalidInputException("--warmup must be at least 0");
        }
        SchemaCorpus corpus = corpus();
        Protocol protocol = new Protocol(tokenizer.vocabulary(), closing(tokenizer.encoder()), options(), text);
        Maskbench.Plan plan = new Maskbench.Plan(threads.count(), warmup, readings, weighed);
        return new BenchRunner<>(new Maskbench(corpus, protocol, settings(), plan, this::setting));
    }

    @Override
    Output output() {
        return output.output();
    }

    private Settings settings() {
        Settings settings = Settings.none()
                .withEngine()
                .withFile("--tokenizer", tokenizer.file())
                .with("--text", text.name().toLowerCase(Locale.ROOT))
                .with("--order", order.label())
                .with("--repeat", readings)
                .with("--seconds", seconds);
        return schema.map(file -> settings.withFile("--schema", file)).orElse(settings.with("--schema", ""));
    }

    private SchemaCorpus corpus() {
        SchemaCorpus corpus = data.corpus().limited(limit);
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
        return text.options()
                .withMemberOrder(order.value())
                .withLimits(Limits.DEFAULT.withCompileDeadline(
                        Duration.ofMillis(Duration.ofSeconds(seconds).toMillis())));
    }

    private String setting(int schemas) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d schemas; tokenizer %s; text %s; member order %s; %s; %d threads",
                schemas,
                tokenizer.name(),
                text.name().toLowerCase(Locale.ROOT),
                order.label(),
                readings == 1 ? "read once" : "the least of " + readings + " readings",
                threads.count()));
    }
}
