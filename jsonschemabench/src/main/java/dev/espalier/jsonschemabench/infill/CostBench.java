// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.infill.CostResult.End;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.CompiledGrammar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The time of all masks after a commit, for each case and size of the canvas.
 *
 * @param source what canvases are filled under
 * @param sizes sizes of canvases, each at least 1
 * @param options of these: tokenizer, order of members, seed, and the time for one canvas
 * @param models have the compilers; closed with this
 * @param setting what was run in words
 */
public record CostBench(
        InfillCases source, List<Integer> sizes, InfillSettings options, InfillModels models, String setting)
        implements Bench<CostResult> {

    /** A canvas that is filled first and not counted. */
    private static final int WARM_UP = 64;

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
        for (InfillCases.Unread one : source.all()) {
            for (int slots : sizes) {
                List<String> ids = Arrays.stream(CostForm.values())
                        .map(form -> CostResult.id(one.id(), slots, form))
                        .toList();
                cases.add(Case.of(ids, turn -> walked(one, slots, turn.stop())));
            }
        }
        return cases;
    }

    @Override
    public void begin(Turn turn) {
        List<CostResult> unused = walked(source.all().get(0), Math.min(WARM_UP, sizes.get(0)), turn.stop());
    }

    private List<CostResult> walked(InfillCases.Unread one, int slots, Cancellation stop) {
        String id = one.id();
        try {
            CompiledGrammar grammar = models.compiler(ModelChoice.parse("uniform"))
                    .compile(one.reader().get().output(options.options()), stop)
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
