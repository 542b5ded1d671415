// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.OrderOption;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.option.ThreadsOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
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
        resourceBundle = "dev.espalier.jsonschemabench.command.SoakCommand")
public final class SoakCommand extends FolderCommand {

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Option(names = "--data", arity = "1..*", paramLabel = "DIR_OR_FILE")
    private List<Path> data = List.of();

    @Option(names = "--schemas", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "100000")
    private int schemas;

    @Option(names = "--masks", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "16")
    private int masks;

    @Option(names = "--windows", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "50")
    private int windows;

    @Option(names = "--cache", converter = AtLeastOne.class, paramLabel = "MB", defaultValue = "32")
    private int cache;

    @Mixin
    private final OrderOption order = new OrderOption();

    @Mixin
    private final SeedOption seed = new SeedOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    public SoakCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        return new SoakRun(settings(), tokenizer.vocabulary(), setting());
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
