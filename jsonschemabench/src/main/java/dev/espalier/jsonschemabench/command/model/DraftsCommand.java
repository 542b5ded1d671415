// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.ChatPrompting;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.FolderCommand;
import dev.espalier.jsonschemabench.drafts.DraftKind;
import dev.espalier.jsonschemabench.drafts.DraftsBench;
import dev.espalier.jsonschemabench.generate.LongContext;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.quality.AskedModel;
import dev.espalier.jsonschemabench.quality.QualityTasks;
import dev.espalier.jsonschemabench.quality.TaskKind;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.DraftOptions;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench drafts}. */
@Command(
        name = "drafts",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.DraftsCommand")
public final class DraftsCommand extends FolderCommand {

    private static final int EMBEDDED_ANSWER = 1024;

    @Option(names = "--model", paramLabel = "FILE_OR_DIR")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--draft-model", paramLabel = "FILE_OR_DIR")
    private Optional<Path> draftFile = Optional.empty();

    @Option(names = "--precision", paramLabel = "f32|bf16|int8|int4", defaultValue = "f32")
    private ModelPrecision precision = ModelPrecision.F32;

    @Option(names = "--threads", converter = AtLeastOne.class, paramLabel = "N")
    private int threads;

    @Option(names = "--tasks", split = ",", paramLabel = "KIND", defaultValue = "extraction")
    private List<String> tasks;

    @Option(names = "--texts", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "16")
    private int texts;

    @Option(names = "--drafts", split = ",", paramLabel = "KIND", defaultValue = "prompt,model,recycled")
    private List<String> kinds;

    @Option(names = "--lengths", split = ",", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "2,4,8,16")
    private List<Integer> lengths;

    @Option(names = "--batch", split = ",", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "1,4,16")
    private List<Integer> batches;

    @Option(names = "--constraint", paramLabel = "grammar|free|both", defaultValue = "both")
    private String constraint;

    @Option(names = "--tokens", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "128")
    private int tokens;

    @Option(names = "--rounds", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "3")
    private int rounds;

    @Option(names = "--recycled", converter = AtLeastOne.class, paramLabel = "N", defaultValue = "4")
    private int recycled;

    @Option(names = "--token-price", paramLabel = "P", defaultValue = "0")
    private double tokenPrice;

    @Option(names = "--model-price", paramLabel = "P", defaultValue = "0.2")
    private double modelPrice;

    public DraftsCommand(Console console) {
        super(console);
    }

    @Override
    protected Measurement measurement() {
        Stream.of(file, draftFile).flatMap(Optional::stream).forEach(path -> {
            if (!Files.exists(path)) {
                throw new InvalidInputException(path + ": no such file or directory");
            }
        });
        DraftsBench.Plan plan = new DraftsBench.Plan(
                QualityTasks.spread(tasks.stream().map(TaskKind::parse).toList(), texts),
                kinds.stream().map(DraftKind::parse).toList(),
                lengths,
                batches,
                grammars(),
                tokens,
                rounds,
                recycled,
                DraftOptions.DEFAULT.withTokenPrice(tokenPrice).withModelPrice(modelPrice));
        AskedModel asked = closing(load());
        Optional<LanguageModel> small = draftFile.map(path -> closing(PyTorchModel.load(path, options())));
        String names = asked.model().name()
                + small.map(each -> ", drafted for by " + each.name()).orElse("");
        return new BenchRunner<>(new DraftsBench(asked, small, plan, settings(names), setting(names, plan)));
    }

    private String setting(String names, DraftsBench.Plan plan) {
        return RunSetting.of(String.format(
                Locale.ROOT,
                "%s, %s; greedy; %d texts of at most %d tokens, %d rounds; a drafted token counts as %.2f of a pass, one"
                        + " of the draft model as %.2f more",
                names,
                precision,
                plan.tasks().size(),
                tokens,
                rounds,
                tokenPrice,
                modelPrice));
    }

    private List<Boolean> grammars() {
        return switch (constraint) {
            case "grammar" -> List.of(true);
            case "free" -> List.of(false);
            case "both" -> List.of(true, false);
            default ->
                throw new InvalidInputException("--constraint must be grammar, free or both, but was " + constraint);
        };
    }

    private Settings settings(String names) {
        return Settings.none()
                .withEngine()
                .with("--model", names)
                .with("--precision", precision)
                .with("--threads", threads == 0 ? "default" : threads)
                .with("--tasks", String.join(",", tasks))
                .with("--texts", texts)
                .with("--tokens", tokens)
                .with("--rounds", rounds)
                .with("--recycled", recycled)
                .with("--token-price", tokenPrice)
                .with("--model-price", modelPrice);
    }

    private LoadOptions options() {
        return LoadOptions.DEFAULT.withPrecision(precision.value()).withThreads(threads);
    }

    private AskedModel load() {
        long start = System.nanoTime();
        LanguageModel model = file.isPresent()
                ? PyTorchModel.load(file.get(), options())
                : LongContext.sprig(options(), EMBEDDED_ANSWER);
        try {
            Optional<ChatPrompting> chat = file.map(given -> ChatPrompting.of(model));
            return new AskedModel(model, AskedModel.engine(precision.toString()), System.nanoTime() - start, chat);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
