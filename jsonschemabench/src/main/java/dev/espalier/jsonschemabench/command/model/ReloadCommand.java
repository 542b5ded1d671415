// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SeedOption;
import dev.espalier.jsonschemabench.reload.ReloadRun;
import dev.espalier.jsonschemabench.reload.ReloadSettings;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench reload}. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.ReloadCommand")
public final class ReloadCommand extends FolderCommand {

    @Option(names = "--model", paramLabel = "FILE_OR_DIR")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--precision", paramLabel = "f32|bf16|int8|int4", defaultValue = "f32")
    private ModelPrecision precision = ModelPrecision.F32;

    @Option(names = "--loads", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1000")
    private int loads;

    @Option(names = "--cancellations", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1")
    private int cancellations;

    @Option(names = "--tokens", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "8")
    private int tokens;

    @Option(names = "--windows", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "20")
    private int windows;

    @Mixin
    private final SeedOption seed = new SeedOption();

    public ReloadCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        if (file.isPresent() && !Files.exists(file.get())) {
            throw new InvalidInputException(file.get() + ": no such file or directory");
        }
        ReloadSettings settings = new ReloadSettings(loads, cancellations, tokens, windows, seed.value());
        String setting = RunSetting.of(String.format(
                Locale.ROOT,
                "%s, %s; %d loads, %d generations broken off after each; heap of %d MB",
                file.map(Path::getFileName).map(Path::toString).orElse("the embedded model"),
                precision,
                loads,
                cancellations,
                Runtime.getRuntime().maxMemory() >> 20));
        return new ReloadRun(settings, this::load, setting);
    }

    private LanguageModel load() {
        LoadOptions options = LoadOptions.DEFAULT.withPrecision(precision.value());
        return file.isPresent() ? PyTorchModel.load(file.get(), options) : Sprig.load(options);
    }
}
