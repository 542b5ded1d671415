// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command.model;

import dev.espalier.ChatPrompting;
import dev.espalier.backends.LoadOptions;
import dev.espalier.backends.PyTorchModel;
import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.command.RunCommand;
import dev.espalier.jsonschemabench.generate.LongContext;
import dev.espalier.jsonschemabench.option.AtLeastOne;
import dev.espalier.jsonschemabench.option.Output;
import dev.espalier.jsonschemabench.option.ReportOutput;
import dev.espalier.jsonschemabench.option.RunSetting;
import dev.espalier.jsonschemabench.quality.AnswerWay;
import dev.espalier.jsonschemabench.quality.AskedModel;
import dev.espalier.jsonschemabench.quality.OtherAnswers;
import dev.espalier.jsonschemabench.quality.QualityBench;
import dev.espalier.jsonschemabench.quality.QualityTask;
import dev.espalier.jsonschemabench.quality.QualityTasks;
import dev.espalier.jsonschemabench.quality.TaskKind;
import dev.espalier.jsonschemabench.quality.WrittenPrompts;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.llamacpp.LlamaLibrary;
import dev.espalier.llamacpp.LlamaModel;
import dev.espalier.llamacpp.LlamaOptions;
import dev.espalier.sampler.LanguageModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code bench quality}. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.espalier.jsonschemabench.command.QualityCommand")
public final class QualityCommand extends RunCommand {

    private static final int EMBEDDED_ANSWER = 1024;

    @Option(names = "--model", paramLabel = "FILE_OR_DIR")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--llama-cpp", paramLabel = "LIBRARY")
    private Optional<Path> library = Optional.empty();

    @Option(names = "--precision", paramLabel = "f32|bf16|int8|int4", defaultValue = "f32")
    private ModelPrecision precision = ModelPrecision.F32;

    @Option(names = "--threads", converter = AtLeastOne.class, paramLabel = "N")
    private int threads;

    @Option(names = "--tasks", split = ",", paramLabel = "KIND", defaultValue = "extraction,classification,reasoning")
    private List<String> kinds;

    @Option(
            names = "--ways",
            split = ",",
            paramLabel = "WAY",
            defaultValue = "free,declared,example,record,hidden,any-order,pretty,flexible,drafts,answer-first")
    private List<String> ways;

    @Option(names = "--limit", converter = AtLeastOne.class, paramLabel = "N")
    private int limit = Integer.MAX_VALUE;

    @Option(names = "--beside", arity = "1..*", paramLabel = "DIR")
    private List<Path> beside = List.of();

    @Option(names = "--only-beside")
    private boolean onlyBeside;

    @Option(names = "--write-prompts", paramLabel = "DIR")
    private Optional<Path> prompts = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private final ReportOutput report = new ReportOutput();

    public QualityCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws Exception {
        if (prompts.isPresent()) {
            try (AskedModel asked = load()) {
                WrittenPrompts.write(prompts.get(), asked, tasks());
            }
            console().err().println("espalier: wrote the prompts of " + tasks().size() + " tasks to " + prompts.get());
            return ExitCode.DONE;
        }
        return super.call();
    }

    private List<QualityTask> tasks() {
        return QualityTasks.spread(kinds.stream().map(TaskKind::parse).toList(), limit);
    }

    @Override
    protected Measurement measurement() {
        List<QualityTask> tasks = tasks();
        List<AnswerWay> parsed = ways.stream().map(AnswerWay::parse).toList();
        if (out.isEmpty() || (onlyBeside && beside.isEmpty())) {
            throw new InvalidInputException("expected --out, or --write-prompts; and --beside with --only-beside");
        }
        OtherAnswers others = new OtherAnswers(beside);
        if (onlyBeside) {
            Settings none = Settings.none().with("--only-beside", true);
            return new BenchRunner<>(
                    new QualityBench(Optional.empty(), tasks, parsed, others, none, RunSetting.of("Several runs")));
        }
        AskedModel asked = closing(load());
        String model = asked.model().name();
        Settings settings = Settings.none()
                .withEngine()
                .with("--model", model)
                .with("--precision", weights())
                .with("--threads", threads == 0 ? "default" : threads);
        String setting = RunSetting.of("Model " + model + ", " + weights() + "; greedy; " + tasks.size() + " tasks");
        return new BenchRunner<>(new QualityBench(Optional.of(asked), tasks, parsed, others, settings, setting));
    }

    private AskedModel load() {
        if (file.isPresent() && !Files.exists(file.get())) {
            throw new InvalidInputException(file.get() + ": no such file or directory");
        }
        long start = System.nanoTime();
        LanguageModel model = loaded();
        long nanos = System.nanoTime() - start;
        try {
            Optional<ChatPrompting> chat = file.map(given -> ChatPrompting.of(model));
            return new AskedModel(model, AskedModel.engine(weights()), nanos, chat);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private LanguageModel loaded() {
        if (library.isPresent()) {
            Path gguf = file.filter(path -> precision == ModelPrecision.F32)
                    .orElseThrow(() -> new InvalidInputException(
                            "--llama-cpp computes the .gguf file of --model, in the precision that it has"));
            return LlamaModel.load(gguf, LlamaLibrary.load(library.get()), LlamaOptions.DEFAULT.withThreads(threads));
        }
        LoadOptions options =
                LoadOptions.DEFAULT.withPrecision(precision.value()).withThreads(threads);
        return file.isPresent() ? PyTorchModel.load(file.get(), options) : LongContext.sprig(options, EMBEDDED_ANSWER);
    }

    /** What computes the weights, and how. */
    private String weights() {
        return library.isPresent() ? "llama.cpp" : precision.toString();
    }

    @Override
    protected Output output() {
        return new Output(out.orElseThrow(), report);
    }
}
