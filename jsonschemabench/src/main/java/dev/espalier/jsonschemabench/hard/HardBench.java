// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.core.Limits;
import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.time.Duration;
import java.util.List;

/**
 * Hard cases, one after the other.
 *
 * @param hard the cases
 * @param vocabulary the tokens that masks are over
 * @param encoder cuts texts into tokens
 * @param settings of these: tokenizer and the four below
 * @param clock times the steps
 * @param most the most tokens of one text
 * @param runs how many runs of a case are counted
 * @param seconds how long one run of a case may take
 * @param setting the same in words
 */
public record HardBench(
        HardCases hard,
        Vocabulary vocabulary,
        TextEncoder encoder,
        Settings settings,
        Clock clock,
        int most,
        int runs,
        int seconds,
        String setting)
        implements Bench<HardResult> {

    /** Schemas of 800 levels have more brackets than the default limit lets through. */
    private static final int NESTING = 4_000;

    /** A case that is run first and not counted. */
    private static final String WARM_UP = "person";

    @Override
    public Class<HardResult> type() {
        return HardResult.class;
    }

    @Override
    public List<Case<HardResult>> cases() {
        return hard.cases().stream()
                .map(each -> Case.of(each.name(), turn -> run(each, turn)))
                .toList();
    }

    @Override
    public void begin(Turn turn) {
        HardResult unused = run(HardCases.all().named(List.of(WARM_UP)).cases().get(0), turn);
    }

    private HardResult run(HardCase source, Turn turn) {
        return new HardTrial(source, this, turn.stop()).run();
    }

    Limits limits() {
        return Limits.DEFAULT.withMaxNesting(NESTING).withCompileDeadline(Duration.ofMillis(seconds * 1000L));
    }

    /** How long one run of a case may take. */
    long nanos() {
        return seconds * 1_000_000_000L;
    }

    @Override
    public View view(List<HardResult> results) {
        return new HardView(results).view(setting);
    }
}
