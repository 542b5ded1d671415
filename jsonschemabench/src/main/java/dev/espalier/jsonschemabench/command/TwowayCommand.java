// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.CorpusOption;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.option.SampleOption;
import dev.espalier.jsonschemabench.option.ThreadsOption;
import dev.espalier.jsonschemabench.option.TokenizerOption;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.testsuite.SuiteFiles;
import dev.espalier.jsonschemabench.twoway.TwowayRun;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench twoway}. */
@Command(
        name = "twoway",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.TwowayCommand")
public final class TwowayCommand extends FolderCommand {

    @Option(names = "--suite", required = true, paramLabel = "FILE_OR_DIR")
    private Path suite;

    @Mixin
    private final CorpusOption data = new CorpusOption();

    @Mixin
    private final SampleOption sample = new SampleOption();

    @Option(names = "--pairs", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "2")
    private int pairs;

    @Mixin
    private final TokenizerOption tokenizer = new TokenizerOption();

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    public TwowayCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        TwowayRun run = new TwowayRun(
                output().folder(),
                tokenizer.vocabulary(),
                tokenizer.encoder(),
                sample.of(data.corpus()),
                threads.count(),
                Settings.none().withEngine().withFile("--tokenizer", tokenizer.file()),
                RunSetting.of("tokenizer " + tokenizer.name()));
        run.prepare(SuiteFiles.read(suite), pairs, sample.seed());
        return run;
    }
}
