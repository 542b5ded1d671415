package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A canvas to be filled for each case, model, size and strategy. What comes out is judged: schemas by the reference validator,
 * grammars by a recogniser that knows no tokens.
 */
public final class InfillBench implements Bench<TrialResult> {

    private final InfillCases source;
    private final List<Variant> variants = new ArrayList<>();
    private final InfillSettings options;
    private final int threads;
    private final String setting;
    private final InfillModels models;
    private final InfillTrial trial;

    private record Variant(ModelChoice model, int slots, InfillContender strategy) {

        TrialKey of(String source) {
            return new TrialKey(source, "", model.label(), slots, strategy.label());
        }
    }

    /**
     * A run.
     *
     * @param slots sizes of canvases, each at least 1
     * @param threads how many trials at a time
     * @param setting what was run in words
     */
    public InfillBench(
            InfillCases source,
            List<ModelChoice> models,
            List<Integer> slots,
            List<InfillContender> strategies,
            InfillSettings options,
            int threads,
            String setting) {
        this.source = source;
        this.options = options;
        this.threads = threads;
        this.setting = setting;
        this.models = new InfillModels(options);
        this.trial = new InfillTrial(this.models, options);
        for (ModelChoice model : models) {
            for (int size : slots) {
                strategies.forEach(strategy -> variants.add(new Variant(model, size, strategy)));
            }
        }
    }

    @Override
    public Settings settings() {
        return options.asOptions(false);
    }

    @Override
    public Class<TrialResult> type() {
        return TrialResult.class;
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public List<Case<TrialResult>> cases() {
        List<Case<TrialResult>> cases = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            int index = i;
            for (Variant variant : variants) {
                cases.add(Case.of(variant.of(source.id(i)).id(), turn -> result(index, variant, turn)));
            }
        }
        return cases;
    }

    /** Trials of the first case that are not counted: the Java machine's and a network's own start is nobody's time. */
    @Override
    public void begin(Turn turn) {
        for (Variant variant : variants) {
            if (!turn.stop().isRequested()) {
                TrialResult unused = result(0, variant, turn);
            }
        }
    }

    private TrialResult result(int index, Variant variant, Turn turn) {
        InfillCase one;
        try {
            one = source.get(index);
        } catch (InvalidInputException e) {
            Reason why = new Reason("#", "unreadable", String.valueOf(e.getMessage()));
            return TrialResult.of(variant.of(source.id(index)), TrialEnd.REFUSED, List.of(why));
        }
        return trial.run(
                one,
                variant.model,
                variant.slots,
                variant.strategy,
                turn.within(Duration.ofSeconds(options.seconds())));
    }

    @Override
    public View view(List<TrialResult> results) {
        return new InfillView(results).view(setting);
    }

    @Override
    public void close() {
        models.close();
    }
}
