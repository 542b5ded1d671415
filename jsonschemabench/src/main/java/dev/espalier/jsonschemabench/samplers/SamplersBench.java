// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.backends.LoadOptions;
import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of all samplers at equal numbers of calls of the model: on small languages under a model that is a hash, and on
 * schemas under the embedded model. Languages are opened, and the model is loaded, when they are first asked for.
 */
public final class SamplersBench implements Bench<SamplerResult> {

    private final List<Language> languages = new ArrayList<>();
    private final Plan plan;
    private final String setting;
    private final Map<String, SamplingCase> open = new ConcurrentHashMap<>();
    private @Nullable LanguageModel model;

    /**
     * How much is run.
     *
     * @param budgets numbers of calls, each at least 1
     * @param repetitions how often each sampler begins anew, at least 1
     * @param seed decides all samples
     * @param threads who run the samplers
     */
    public record Plan(List<Integer> budgets, int repetitions, long seed, int threads) {}

    /**
     * A comparison.
     *
     * @param data the folder with the golden cases; empty to do without them
     * @param schemas files with schemas; none for those that come with the harness
     * @param only names of the cases that run; none for all
     * @param setting what is run in words, but for the cases
     * @throws InvalidInputException if a file cannot be read, if two cases have the same name, or {@code only} names none
     */
    public SamplersBench(Optional<Path> data, List<Path> schemas, Set<String> only, Plan plan, String setting) {
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
        this.plan = plan;
        this.setting = setting;
    }

    @Override
    public Settings settings() {
        return Settings.none().with("repetitions", plan.repetitions()).with("seed", plan.seed());
    }

    @Override
    public Class<SamplerResult> type() {
        return SamplerResult.class;
    }

    @Override
    public int threads() {
        return plan.threads();
    }

    /** The fewest calls first. */
    @Override
    public List<Case<SamplerResult>> cases() {
        List<Case<SamplerResult>> cases = new ArrayList<>();
        for (int budget : plan.budgets().stream().distinct().sorted().toList()) {
            for (Language language : languages) {
                for (Contender sampler : Contender.values()) {
                    cases.add(Case.of(
                            SamplerResult.id(language.name(), sampler, budget),
                            turn -> result(language, sampler, budget, turn.stop())));
                }
            }
        }
        return cases;
    }

    private SamplerResult result(Language language, Contender sampler, int budget, Cancellation stop) {
        SamplingCase one = open.computeIfAbsent(language.name(), unused -> language.open(this::embedded, stop));
        long id = SamplerResult.id(language.name(), sampler, budget).hashCode();
        SplittableRandom seeds = new SplittableRandom(plan.seed() ^ id << Integer.SIZE);
        List<Repetition> all = new ArrayList<>();
        for (int i = 0; i < plan.repetitions() && !stop.isRequested(); i++) {
            all.add(Repetition.of(sampler, one, budget, seeds.nextLong(), stop));
        }
        return SamplerResult.of(one, sampler, budget, all);
    }

    private synchronized LanguageModel embedded() {
        LanguageModel loaded = model == null ? Sprig.load(LoadOptions.DEFAULT) : model;
        model = loaded;
        return loaded;
    }

    @Override
    public View view(List<SamplerResult> results) {
        List<String> names = languages.stream().map(Language::name).toList();
        return new SamplersView(names, results).view(String.join(", ", names) + "; " + setting);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(SamplingCase::close);
        if (model != null) {
            model.close();
        }
    }
}
