// SPDX-License-Identifier: Apache-2.0
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
 *
 * @param source what canvases are filled under
 * @param models who says what should stand where
 * @param slots sizes of canvases, each at least 1
 * @param strategies how canvases are filled
 * @param trial fills one canvas; closed with this
 * @param threads how many trials at a time
 * @param setting what was run in words
 */
public record InfillBench(
        InfillCases source,
        List<ModelChoice> models,
        List<Integer> slots,
        List<InfillContender> strategies,
        InfillTrial trial,
        int threads,
        String setting)
        implements Bench<TrialResult> {

    /** Which trials there are of each case. */
    private List<TrialKey> variants() {
        List<TrialKey> variants = new ArrayList<>();
        for (ModelChoice model : models) {
            for (int size : slots) {
                strategies.forEach(strategy -> variants.add(new TrialKey("", "", model, size, strategy)));
            }
        }
        return variants;
    }

    @Override
    public Settings settings() {
        return trial.settings().asOptions(false);
    }

    @Override
    public Class<TrialResult> type() {
        return TrialResult.class;
    }

    @Override
    public List<Case<TrialResult>> cases() {
        List<Case<TrialResult>> cases = new ArrayList<>();
        for (InfillCases.Unread one : source.all()) {
            for (TrialKey variant : variants()) {
                cases.add(Case.of(variant.of(one.id(), "").id(), turn -> result(one, variant, turn)));
            }
        }
        return cases;
    }

    /** Trials of the first case that are not counted: the Java machine's and a network's own start is nobody's time. */
    @Override
    public void begin(Turn turn) {
        for (TrialKey variant : variants()) {
            if (!turn.stop().isRequested()) {
                TrialResult unused = result(source.all().get(0), variant, turn);
            }
        }
    }

    private TrialResult result(InfillCases.Unread unread, TrialKey variant, Turn turn) {
        InfillCase one;
        try {
            one = unread.reader().get();
        } catch (InvalidInputException e) {
            Reason why = new Reason("#", "unreadable", String.valueOf(e.getMessage()));
            return TrialResult.of(variant.of(unread.id(), ""), TrialEnd.REFUSED, List.of(why));
        }
        Duration time = Duration.ofSeconds(trial.settings().seconds());
        return trial.run(one, variant.of(one.id(), one.dataset()), turn.within(time));
    }

    @Override
    public View view(List<TrialResult> results) {
        return new InfillView(results).view(setting);
    }

    @Override
    public void close() {
        trial.close();
    }
}
