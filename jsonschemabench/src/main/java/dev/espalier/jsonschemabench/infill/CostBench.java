package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.infill.CostResult.End;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.CompiledGrammar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The time of all masks after a commit, for each case and size of the canvas. */
public final class CostBench implements Bench<CostResult> {

    /** A canvas that is filled first and not counted. */
    private static final int WARM_UP = 64;

    private final InfillCases source;
    private final List<Integer> sizes;
    private final InfillSettings options;
    private final String setting;
    private final InfillModels models;
    private boolean warm;

    /**
     * A run.
     *
     * @param sizes sizes of canvases, each at least 1
     * @param options of these: tokenizer, order of members, seed, and the time for one canvas
     * @param setting what was run in words
     */
    public CostBench(InfillCases source, List<Integer> sizes, InfillSettings options, String setting) {
        this.source = source;
        this.sizes = List.copyOf(sizes);
        this.options = options;
        this.setting = setting;
        this.models = new InfillModels(options);
    }

    @Override
    public Settings settings() {
        return options.asOptions(true);
    }

    @Override
    public Class<CostResult> type() {
        return CostResult.class;
    }

    @Override
    public List<Case<CostResult>> cases() {
        List<Case<CostResult>> cases = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            int index = i;
            for (int slots : sizes) {
                List<String> ids = Arrays.stream(CostForm.values())
                        .map(form -> CostResult.id(source.id(index), slots, form))
                        .toList();
                cases.add(Case.of(ids, turn -> {
                    if (!warm) {
                        List<CostResult> unused = walked(index, Math.min(WARM_UP, slots), turn.stop());
                        warm = true;
                    }
                    return walked(index, slots, turn.stop());
                }));
            }
        }
        return cases;
    }

    private List<CostResult> walked(int index, int slots, Cancellation stop) {
        String id = source.id(index);
        try {
            CompiledGrammar grammar = models.compiler(ModelChoice.parse("uniform"))
                    .compile(source.get(index).output(options.options()), stop)
                    .grammar();
            return new CostWalk(id, grammar, stop, options.seedOf(id + slots), options.seconds() * 1_000_000_000L)
                    .run(slots);
        } catch (EspalierException e) {
            List<Reason> reasons = List.of(Obstacles.reason(e));
            return List.of(
                    CostResult.of(id, slots, CostForm.BLANK, End.FAILED, reasons),
                    CostResult.of(id, slots, CostForm.GAPS, End.FAILED, reasons));
        }
    }

    @Override
    public View view(List<CostResult> results) {
        return new CostView(results).view(setting);
    }

    @Override
    public void close() {
        models.close();
    }
}
