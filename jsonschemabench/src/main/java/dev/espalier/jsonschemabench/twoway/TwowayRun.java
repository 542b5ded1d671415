// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.compare.EngineResults;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.jsonschemabench.maskbench.Maskbench;
import dev.espalier.jsonschemabench.maskbench.Protocol;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.testsuite.SuiteFiles;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A run in a folder: {@code cases} and {@code wishes} are what is asked of every engine, {@code verdicts/NAME} and
 * {@code written/NAME} what each made of it. Other engines write there too, by {@code jsonschemabench/peers/run.py}.
 */
public final class TwowayRun implements Measurement {

    /** Limits of tokens by which texts are counted. */
    private static final List<Integer> LIMITS = List.of(16, 32, 64, 128, 256);

    private static final String CASES = "cases/twoway.jsonl";
    private static final String WISHES = "wishes/wishes.jsonl";
    private static final String OWN = "espalier";

    /** How this engine reads schemas while the simulated model writes. */
    private enum Writing {
        COMPACT(WhiteSpace.COMPACT, true),
        FLEXIBLE(WhiteSpace.FLEXIBLE, true),
        ANY(WhiteSpace.ANY, true),
        ANY_UNLIMITED(WhiteSpace.ANY, false);

        private final WhiteSpace space;
        private final boolean closes;

        Writing(WhiteSpace space, boolean closes) {
            this.space = space;
            this.closes = closes;
        }

        String label() {
            return OWN + ", white space "
                    + name().toLowerCase(Locale.ROOT).replace("_unlimited", ", masks without a limit");
        }
    }

    private final Path folder;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final List<Wish> wishes;
    private final int threads;
    private final Settings settings;
    private final String setting;

    /**
     * A run.
     *
     * @param folder of cases, wishes and all results
     * @param encoder the same vocabulary's tokenizer; thread-safe
     * @param models the schemas that the simulated model writes under
     * @param threads that read cases
     * @param settings what decides the results
     * @param setting what was run in words
     */
    public TwowayRun(
            Path folder,
            Vocabulary vocabulary,
            TextEncoder encoder,
            SchemaCorpus models,
            int threads,
            Settings settings,
            String setting) {
        this.folder = folder;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.wishes = Wish.of(models);
        this.threads = threads;
        this.settings = settings;
        this.setting = setting;
    }

    /** Once the cases are made. */
    @Override
    public int steps() {
        return SchemaCorpus.read(List.of(folder.resolve(CASES))).size()
                + wishes.size() * (1 + LIMITS.size() * (Writing.values().length - 1));
    }

    /**
     * Makes the cases and wishes, unless they are there.
     *
     * @param most how many schemas of each pair of keywords
     * @throws InvalidInputException if they cannot be written
     */
    public void prepare(SuiteFiles suite, int most, long seed) {
        if (!Files.exists(folder.resolve(CASES))) {
            DecodingCases cases = new DecodingCases(suite);
            List<String> lines = new ArrayList<>(cases.ofKeywords());
            lines.addAll(cases.ofPairs(most, seed));
            put(CASES, lines);
        }
        put(WISHES, wishes.stream().map(Wish::toJson).toList());
    }

    private void put(String name, List<String> lines) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.write(file, lines);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + e, e);
        }
    }

    @Override
    public View run(Path results, Cancellation stop, Runnable step) throws InterruptedException {
        read(stop, step);
        write(stop, step);
        TwowayView all = view();
        put(file(), all.markdown().lines().toList());
        return all.view(setting);
    }

    @Override
    public String file() {
        return "report.md";
    }

    /** This engine's verdicts on all cases. */
    private void read(Cancellation stop, Runnable step) throws InterruptedException {
        SchemaOptions options = InstanceText.OFFICIAL.options().withMemberOrder(MemberOrder.ANY);
        Protocol protocol = new Protocol(vocabulary, encoder, options, InstanceText.OFFICIAL);
        SchemaCorpus cases = SchemaCorpus.read(List.of(folder.resolve(CASES)));
        Maskbench.Plan plan = new Maskbench.Plan(threads, 0, 1, 0);
        View unused = new BenchRunner<>(new Maskbench(cases, protocol, settings, plan, schemas -> ""))
                .run(folder.resolve("verdicts/" + OWN), stop, step);
    }

    /** What the simulated model writes under this engine's masks. */
    private void write(Cancellation stop, Runnable step) {
        for (Writing writing : Writing.values()) {
            Path target = folder.resolve("written").resolve(writing.label());
            try (ResultsFile<WishResult> file = new ResultsFile<>(target, settings, WishResult.class)) {
                SchemaOptions options = SchemaOptions.DEFAULT.withWhiteSpace(writing.space);
                Map<Integer, WishTrial> trials = new LinkedHashMap<>();
                for (int limit : writing.closes ? LIMITS : LIMITS.subList(LIMITS.size() - 1, LIMITS.size())) {
                    trials.put(limit, new WishTrial(vocabulary, encoder, options, limit, writing.closes));
                }
                for (Wish wish : wishes) {
                    if (!file.has(wish.id()) && !stop.isRequested()) {
                        file.add(shortest(wish, trials.values(), step));
                    }
                }
                file.finish(JsonNodeFactory.instance.objectNode());
            }
        }
    }

    /** The text under the least limit that it keeps: masks that know of a limit end a text by then, if any text is so short. */
    private static WishResult shortest(Wish wish, Collection<WishTrial> trials, Runnable step) {
        WishResult last = new WishResult(wish.id(), "error", 0, 0, "");
        for (WishTrial trial : trials) {
            step.run();
            last = last.isComplete() ? last : trial.run(wish);
        }
        return last;
    }

    /** All results in the folder, this engine's first. */
    private TwowayView view() {
        Map<String, Wish> byId = wishes.stream().collect(Collectors.toMap(Wish::id, Function.identity()));
        return new TwowayView(
                folders("verdicts").stream()
                        .map(one -> EngineResults.read(one.getFileName() + "=" + one))
                        .toList(),
                folders("written").stream().map(one -> Written.read(one, byId)).toList(),
                LIMITS);
    }

    private List<Path> folders(String name) {
        try (Stream<Path> all = Files.list(folder.resolve(name))) {
            return all.filter(one -> Files.exists(one.resolve(ResultsFile.NAME)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(folder.resolve(name) + ": cannot be read: " + e, e);
        }
    }
}
