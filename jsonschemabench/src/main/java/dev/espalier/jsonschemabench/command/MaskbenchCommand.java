// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.jsonschemabench.maskbench.Maskbench;
import dev.espalier.jsonschemabench.maskbench.Protocol;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.CorpusOption;
import dev.espalier.jsonschemabench.option.OrderOption;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.ThreadsOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
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
        resourceBundle = "dev.espalier.jsonschemabench.command.MaskbenchCommand")
public final class MaskbenchCommand extends FolderCommand {

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--text", paramLabel = "FORM", defaultValue = "official")
    private InstanceText text = InstanceText.OFFICIAL;

    @Mixin
    private final OrderOption order = new OrderOption();

    @Option(names = "--schema", paramLabel = "FILE")
    private Optional<Path> schema = Optional.empty();

    @Option(names = "--limit", converter = AtLeastOne.class, paramLabel = "N")
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Option(names = "--seconds", converter = AtLeastOne.class, paramLabel = "S", defaultValue = "60")
    private int seconds;

    @Option(names = "--repeat", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1")
    private int readings;

    @Option(names = "--retained", converter = AtLeastOne.class, paramLabel = "N")
    private int weighed;

    @Option(names = "--warmup", paramLabel = "N", defaultValue = "100")
    private int warmup;

    public MaskbenchCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        if (warmup < 0) {
            throw new InvalidInputException("--warmup must be at least 0");
        }
        SchemaCorpus corpus = corpus();
        Protocol protocol = new Protocol(tokenizer.vocabulary(), tokenizer.encoder(), options(), text);
        Maskbench.Plan plan = new Maskbench.Plan(threads.count(), warmup, readings, weighed);
        return new BenchRunner<>(new Maskbench(corpus, protocol, settings(), plan, this::setting));
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
