package dev.espalier.jsonschemabench.scale;

import dev.espalier.backends.HuggingFaceEncoder;
import dev.espalier.backends.ModelFiles;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** All experiments of scale, one after another: parts that are in the folder's results are not run again. */
public final class ScaleRun {

    /** Instances of a batch are so long, that sequences are in different places. */
    private static final int LEAST_TEXT = 100;

    private static final int[] SIZES = {1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000};
    private static final int DEEPEST = 1_000;

    private final ScaleSettings settings;
    private final Cancellation stop;

    /** A run that can be stopped. */
    public ScaleRun(ScaleSettings settings, Cancellation stop) {
        this.settings = settings;
        this.stop = stop;
    }

    /** How many steps a run has. */
    public int size() {
        return 2
                + settings.tokenizers().size()
                + GrowthTrial.FAMILIES.stream()
                        .mapToInt(family -> sizes(family).length)
                        .sum();
    }

    private int[] sizes(GrowthTrial.Family family) {
        int most = family.part() == ScaleResult.Part.DEPTH ? DEEPEST : SIZES[SIZES.length - 1];
        return IntStream.of(SIZES)
                .filter(size -> size <= Math.min(most, settings.largest()))
                .toArray();
    }

    /**
     * Runs what is missing, and writes {@code results.jsonl}.
     *
     * @param step called after each step
     * @throws InvalidInputException if the file cannot be read or written, or is of other settings, or a tokenizer cannot be read
     */
    public ScaleSummary run(Path folder, Runnable step) {
        try (ResultsFile<ScaleResult> file = new ResultsFile<>(folder, settings.settings(), ScaleResult::of)) {
            try {
                main(file, step);
                for (Path tokenizer : settings.tokenizers()) {
                    vocabulary(tokenizer, file);
                    step.run();
                }
            } catch (CancelledException stopped) {
                if (!stop.isRequested()) {
                    throw stopped;
                }
            }
            ScaleSummary summary = new ScaleSummary(file.results());
            file.finish(summary.toJson());
            return summary;
        }
    }

    private void main(ResultsFile<ScaleResult> file, Runnable step) {
        Vocabulary vocabulary = Vocabulary.read(settings.tokenizer());
        with(settings.tokenizer(), encoder -> {
            if (!file.has(ScaleResult.id(ScaleResult.Part.BATCH, BatchTrial.LOOP, 1))) {
                List<Written> texts = Written.of(settings.corpus(), settings.sequences(), LEAST_TEXT, settings.seed());
                new BatchTrial(vocabulary, encoder, texts, settings.steps(), stop)
                        .run(settings.threads())
                        .forEach(file::add);
            }
            step.run();
            if (!file.has(ScaleResult.id(ScaleResult.Part.SHARED, SharedTrial.ALONE, 1))) {
                new SharedTrial(vocabulary, settings.tasks(), settings.steps(), settings.seed(), stop)
                        .run()
                        .forEach(file::add);
            }
            step.run();
            GrowthTrial growth = new GrowthTrial(vocabulary, encoder, stop);
            for (GrowthTrial.Family family : GrowthTrial.FAMILIES) {
                for (int size : sizes(family)) {
                    if (!file.has(ScaleResult.id(family.part(), family.line(), size))) {
                        file.add(growth.of(family, size));
                    }
                    step.run();
                }
            }
            return true;
        });
    }

    private void vocabulary(Path tokenizer, ResultsFile<ScaleResult> file) {
        String name = tokenizer.getFileName().toString().replaceAll("\\.json(\\.gz)?$", "");
        if (file.results().stream()
                .anyMatch(result -> result.part() == ScaleResult.Part.VOCABULARY
                        && result.line().equals(name))) {
            return;
        }
        long start = System.nanoTime();
        Vocabulary vocabulary = Vocabulary.read(tokenizer);
        new GrammarCompiler(vocabulary).stats(); // lays it out
        double millis = (System.nanoTime() - start) / 1e6;
        List<Written> texts = new ArrayList<>(Written.of(settings.corpus(), settings.schemas(), 1, settings.seed()));
        with(tokenizer, encoder -> {
            file.add(new GrowthTrial(vocabulary, encoder, stop).of(name, texts, millis));
            return true;
        });
    }

    private static <T> T with(Path tokenizer, Function<TextEncoder, T> task) {
        Path folder = tokenizer.toAbsolutePath().resolveSibling("");
        try (HuggingFaceEncoder encoder = HuggingFaceEncoder.read(
                ModelFiles.directory(folder), tokenizer.getFileName().toString())) {
            return task.apply(encoder);
        }
    }
}
