package dev.espalier.jsonschemabench.twoway;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.BenchRunner;
import dev.espalier.jsonschemabench.compare.EngineResults;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.jsonschemabench.maskbench.Maskbench;
import dev.espalier.jsonschemabench.maskbench.Protocol;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.jsonschemabench.run.Workers;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A run in a folder: {@code cases} and {@code wishes} are what is asked of every engine, {@code verdicts/NAME} and
 * {@code written/NAME} what each made of it. Other engines write there too, by {@code jsonschemabench/peers/run.py}.
 */
public final class TwowayRun {

    /** Limits of tokens by which texts are counted. */
    public static final List<Integer> LIMITS = List.of(16, 32, 64, 128, 256);

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
                    + name().toLowerCase(java.util.Locale.ROOT).replace("_unlimited", ", masks without a limit");
        }
    }

    private final Path folder;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final Workers workers;
    private final List<Wish> wishes;

    /**
     * A run.
     *
     * @param folder where everything is
     * @param models schemas with instances, under which the simulated model writes
     */
    public TwowayRun(Path folder, Vocabulary vocabulary, TextEncoder encoder, SchemaCorpus models, Workers workers) {
        this.folder = folder;
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.workers = workers;
        this.wishes = Wish.of(models);
    }

    /** How many steps {@link #read} and {@link #write} have together, once the cases are made. */
    public int size() {
        return SchemaCorpus.read(List.of(folder.resolve(CASES))).size()
                + wishes.size() * (1 + LIMITS.size() * (Writing.values().length - 1));
    }

    /**
     * Makes the cases and wishes, unless they are there.
     *
     * @param most schemas of one pair of keywords
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

    /** This engine's verdicts on all cases. */
    public void read(Settings settings, Runnable step) throws InterruptedException {
        SchemaOptions options = InstanceText.OFFICIAL.options().withMemberOrder(MemberOrder.ANY);
        Protocol protocol = new Protocol(vocabulary, encoder, options, InstanceText.OFFICIAL);
        SchemaCorpus cases = SchemaCorpus.read(List.of(folder.resolve(CASES)));
        Maskbench.Plan plan = new Maskbench.Plan(workers.threads(), 0, 1, 0);
        View unused = new BenchRunner<>(new Maskbench(cases, protocol, settings, plan, schemas -> ""))
                .run(folder.resolve("verdicts/" + OWN), workers.stop(), step);
    }

    /** What the simulated model writes under this engine's masks. */
    public void write(Settings settings, Runnable step) {
        for (Writing writing : Writing.values()) {
            Path target = folder.resolve("written").resolve(writing.label());
            try (ResultsFile<WishResult> file = new ResultsFile<>(target, settings, WishResult.class)) {
                SchemaOptions options = SchemaOptions.DEFAULT.withWhiteSpace(writing.space);
                Map<Integer, WishTrial> trials = new HashMap<>();
                for (Wish wish : wishes) {
                    if (!file.has(wish.id()) && !workers.stop().isRequested()) {
                        file.add(shortest(
                                wish,
                                limit -> trials.computeIfAbsent(
                                                limit,
                                                most -> new WishTrial(
                                                        vocabulary, encoder, options, most, writing.closes))
                                        .run(wish),
                                writing.closes,
                                step));
                    }
                }
                file.finish(JsonNodeFactory.instance.objectNode());
            }
        }
    }

    private interface Attempt {
        WishResult within(int limit);
    }

    /** The text under the least limit that it keeps: masks that know of a limit end a text by then, if any text is so short. */
    private static WishResult shortest(Wish wish, Attempt attempt, boolean closes, Runnable step) {
        Optional<WishResult> found = Optional.empty();
        List<Integer> limits = closes ? LIMITS : LIMITS.subList(LIMITS.size() - 1, LIMITS.size());
        WishResult last = new WishResult(wish.id(), "error", 0, 0, "");
        for (int limit : limits) {
            step.run();
            if (found.isEmpty()) {
                last = attempt.within(limit);
                found = last.isComplete() ? Optional.of(last) : found;
            }
        }
        return found.orElse(last);
    }

    /** All results in the folder, this engine's first. */
    public TwowaySummary summary() {
        Map<String, Wish> byId = new HashMap<>();
        wishes.forEach(wish -> byId.put(wish.id(), wish));
        List<EngineResults> engines = new ArrayList<>();
        for (Path one : folders("verdicts")) {
            engines.add(EngineResults.read(one.getFileName() + "=" + one));
        }
        List<Written> written = new ArrayList<>();
        for (Path one : folders("written")) {
            written.add(Written.read(one, byId));
        }
        return new TwowaySummary(engines, written, LIMITS);
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
