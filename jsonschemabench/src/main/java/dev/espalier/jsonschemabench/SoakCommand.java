package dev.espalier.jsonschemabench;

import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.soak.SoakRun;
import dev.espalier.jsonschemabench.soak.SoakSettings;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
                    + " grew; of the heap that is what is beside the caches: those of masks, bounded by --cache, and the patterns"
                    + " and number languages that are kept for later schemas. Bound the heap by ESPALIER_JAVA_OPTIONS=-Xmx512m."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ESPALIER_JAVA_OPTIONS=-Xmx512m espalier bench soak --tokenizer tokenizer.json.gz --out soak-out",
            "  espalier bench soak --tokenizer tokenizer.json --data jsonschemabench --schemas 20000 --cache 32 --out soak-out"
        })
final class SoakCommand extends RunCommand {

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Mixin
    private final OutputOption output = new OutputOption();

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

    @Mixin
    private final OrderOption order = new OrderOption();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    SoakCommand(Console console) {
        super(console);
    }

    @Override
    Measurement measurement() {
        return new SoakRun(settings(), tokenizer.vocabulary(), setting());
    }

    @Override
    Output output() {
        return output.output();
    }

    private SoakSettings settings() {
        Optional<SchemaCorpus> corpus = data.isEmpty() ? Optional.empty() : Optional.of(SchemaCorpus.read(data));
        SchemaOptions options = SchemaOptions.DEFAULT
                .withMemberOrder(order.value())
                .withLimits(Limits.DEFAULT.withMaxCacheBytes((long) cache << 20));
        return new SoakSettings(schemas, windows, masks, threads.count(), seed.value(), corpus, options);
    }

    private String setting() {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%d schemas%s, seed %d; at most %d masks of each; tokenizer %s; member order %s; caches of %d MB; heap of %d MB;"
                        + " %d threads",
                schemas,
                data.isEmpty() ? "" : ", " + data + " among them",
                seed.value(),
                masks,
                tokenizer.name(),
                order.label(),
                cache,
                Runtime.getRuntime().maxMemory() >> 20,
                threads.count()));
    }
}
