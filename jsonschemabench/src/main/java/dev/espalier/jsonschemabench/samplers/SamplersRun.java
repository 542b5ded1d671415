package dev.espalier.jsonschemabench.samplers;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of all samplers at equal numbers of calls of the model: on small languages under a model that is a hash, and on
 * schemas under the embedded model.
 */
public final class SamplersRun {

    private final List<Language> languages = new ArrayList<>();
    private final List<Integer> budgets;
    private final int repetitions;
    private final long seed;

    /** One sampler on one case. */
    private record Task(SamplingCase language, Contender sampler, int budget) {

        String id() {
            return SamplerResult.id(language.name(), sampler, budget);
        }
    }

    /** The embedded model once somebody has asked for it. */
    private static final class Embedded implements Supplier<LanguageModel>, AutoCloseable {

        private @Nullable LanguageModel model;

        @Override
        public LanguageModel get() {
            LanguageModel loaded = model;
            if (loaded == null) {
                loaded = Sprig.load(LoadOptions.DEFAULT);
                model = loaded;
            }
            return loaded;
        }

        @Override
        public void close() {
            LanguageModel loaded = model;
            if (loaded != null) {
                loaded.close();
            }
        }
    }

    /**
     * A comparison.
     *
     * @param data the folder with the golden cases; empty to do without them
     * @param schemas files with schemas; none for those that come with the harness
     * @param only names of the cases that run; none for all
     * @param budgets numbers of calls, each at least 1
     * @param repetitions how often each sampler begins anew, at least 1
     * @param seed decides all samples
     * @throws InvalidInputException if a file cannot be read, if two cases have the same name, or {@code only} names none
     */
    public SamplersRun(
            Optional<Path> data,
            List<Path> schemas,
            Set<String> only,
            List<Integer> budgets,
            int repetitions,
            long seed) {
        List<Language> all = new ArrayList<>(List.of(HashLanguage.words()));
        data.ifPresent(folder -> all.addAll(HashLanguage.golden(folder)));
        all.addAll(schemas.isEmpty() ? SchemaText.own() : SchemaText.read(schemas));
        Set<String> names = new HashSet<>();
        for (Language language : all) {
            if (!names.add(language.name())) {
                throw new InvalidInputException("there are two cases of the name " + language.name());
            }
            if (only.isEmpty() || only.contains(language.name())) {
                languages.add(language);
            }
        }
        if (!names.containsAll(only)) {
            throw new InvalidInputException("expected names of cases, which are " + names + ", not " + only);
        }
        this.budgets = budgets.stream().distinct().sorted().toList();
        this.repetitions = repetitions;
        this.seed = seed;
    }

    /** The names of the cases, in their order. */
    public List<String> cases() {
        return languages.stream().map(Language::name).toList();
    }

    /** How many results there will be. */
    public int size() {
        return languages.size() * Contender.values().length * budgets.size();
    }

    /**
     * Runs what the folder's results do not have yet, and writes {@code results.jsonl} there.
     *
     * @param workers who runs the samplers; when they are stopped, what is under way is dropped and what is done is written
     * @param step called after each result, on the thread that made it
     * @return figures over all results in the file
     * @throws InvalidInputException if the file cannot be read or written, or is of other settings
     */
    public SamplersSummary run(Path folder, Workers workers, Runnable step) throws InterruptedException {
        Settings settings = Settings.none().with("repetitions", repetitions).with("seed", seed);
        List<SamplingCase> open = new ArrayList<>();
        try (ResultsFile<SamplerResult> file = new ResultsFile<>(folder, settings, SamplerResult::of);
                Embedded embedded = new Embedded()) {
            for (Language language : languages) {
                if (isUnfinished(language, file) && !workers.stop().isRequested()) {
                    open.add(language.open(embedded, workers.stop()));
                }
            }
            List<Task> tasks = tasks(open, file);
            for (int done = tasks.size(); done < size(); done++) {
                step.run();
            }
            workers.run(tasks.size(), i -> {
                SamplerResult result = result(tasks.get(i), workers.stop());
                if (!workers.stop().isRequested()) {
                    file.add(result);
                }
                step.run();
            });
            open.forEach(SamplingCase::close);
            SamplersSummary summary = new SamplersSummary(cases(), file.results());
            file.finish(summary.toJson());
            return summary;
        }
    }

    private boolean isUnfinished(Language language, ResultsFile<SamplerResult> file) {
        for (Contender sampler : Contender.values()) {
            for (int budget : budgets) {
                if (!file.has(SamplerResult.id(language.name(), sampler, budget))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is to be done, the fewest calls first. */
    private List<Task> tasks(List<SamplingCase> open, ResultsFile<SamplerResult> file) {
        List<Task> tasks = new ArrayList<>();
        for (int budget : budgets) {
            for (SamplingCase one : open) {
                for (Contender sampler : Contender.values()) {
                    tasks.add(new Task(one, sampler, budget));
                }
            }
        }
        tasks.removeIf(task -> file.has(task.id()));
        return tasks;
    }

    private SamplerResult result(Task task, Cancellation stop) {
        SplittableRandom seeds = new SplittableRandom(seed ^ (long) task.id().hashCode() << Integer.SIZE);
        List<Repetition> all = new ArrayList<>();
        for (int i = 0; i < repetitions && !stop.isRequested(); i++) {
            all.add(Repetition.of(task.sampler(), task.language(), task.budget(), seeds.nextLong(), stop));
        }
        return SamplerResult.of(task.language(), task.sampler(), task.budget(), all);
    }
}
