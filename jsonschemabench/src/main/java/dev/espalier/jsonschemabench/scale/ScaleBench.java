// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All experiments of scale, one after another. */
public final class ScaleBench implements Bench<ScaleResult> {

    /** Instances of a batch are so long, that sequences are in different places. */
    private static final int LEAST_TEXT = 100;

    private static final int[] SIZES = {1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000};
    private static final int DEEPEST = 1_000;

    private final ScaleSettings plan;
    private final String setting;
    private @Nullable Tokens tokens;

    private record Tokens(Vocabulary vocabulary, TextEncoder encoder) {}

    /**
     * The experiments.
     *
     * @param setting what is run in words
     */
    public ScaleBench(ScaleSettings plan, String setting) {
        this.plan = plan;
        this.setting = setting;
    }

    @Override
    public Settings settings() {
        return plan.settings();
    }

    @Override
    public Class<ScaleResult> type() {
        return ScaleResult.class;
    }

    @Override
    public List<Case<ScaleResult>> cases() {
        List<Case<ScaleResult>> cases = new ArrayList<>();
        cases.add(Case.of(List.of(ScaleResult.id(ScaleResult.Part.BATCH, BatchTrial.LOOP, 1)), this::batch));
        cases.add(Case.of(List.of(ScaleResult.id(ScaleResult.Part.SHARED, SharedTrial.ALONE, 1)), this::shared));
        for (GrowthTrial.Family family : GrowthTrial.FAMILIES) {
            int deepest = family.part() == ScaleResult.Part.DEPTH ? DEEPEST : Integer.MAX_VALUE;
            IntStream.of(SIZES)
                    .filter(size -> size <= Math.min(deepest, plan.largest()))
                    .forEach(size -> cases.add(Case.of(
                            ScaleResult.id(family.part(), family.line(), size),
                            turn -> new GrowthTrial(tokens().vocabulary, tokens().encoder, turn.stop())
                                    .of(family, size))));
        }
        for (Path tokenizer : plan.tokenizers()) {
            String name = tokenizer.getFileName().toString().replaceAll("\\.json(\\.gz)?$", "");
            // how many tokens there are, the rest of the id, is known only when they are read
            cases.add(Case.of("vocabulary/" + name + "/", turn -> vocabulary(name, tokenizer, turn)));
        }
        return cases;
    }

    private Tokens tokens() {
        return Objects.requireNonNull(tokens);
    }

    @Override
    public void begin(Turn turn) {
        tokens = new Tokens(Vocabulary.read(plan.tokenizer()), TextEncoders.read(plan.tokenizer()));
    }

    private List<ScaleResult> batch(Turn turn) {
        List<Written> texts = Written.of(plan.corpus(), plan.sequences(), LEAST_TEXT, plan.seed());
        return new BatchTrial(tokens().vocabulary, tokens().encoder, texts, plan.steps(), turn.stop())
                .run(plan.threads());
    }

    private List<ScaleResult> shared(Turn turn) {
        return new SharedTrial(tokens().vocabulary, plan.tasks(), plan.steps(), plan.seed(), turn.stop()).run();
    }

    private ScaleResult vocabulary(String name, Path tokenizer, Turn turn) {
        long start = System.nanoTime();
        Vocabulary vocabulary = Vocabulary.read(tokenizer);
        new GrammarCompiler(vocabulary).stats(); // lays it out
        double millis = (System.nanoTime() - start) / 1e6;
        List<Written> texts = Written.of(plan.corpus(), plan.schemas(), 1, plan.seed());
        return new GrowthTrial(vocabulary, TextEncoders.read(tokenizer), turn.stop()).of(name, texts, millis);
    }

    @Override
    public View view(List<ScaleResult> results) {
        return new ScaleView(results).view(setting);
    }
}
