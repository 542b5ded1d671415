// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.examples;

import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.hard.HardCases;
import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * The valid texts of example grammars, read token by token as those of hard cases are; the same cases are written for other engines, into
 * {@code cases} of the folder.
 *
 * @param grammars the grammars
 * @param hard measures them
 */
public record ExamplesBench(List<ExampleGrammar> grammars, HardBench hard) implements Bench<HardResult> {

    private static final String CASES = "cases";

    /** The grammars' valid texts, in the order of the list. */
    public static HardCases cases(List<ExampleGrammar> grammars) {
        return new HardCases(
                grammars.stream().map(ExampleGrammar::hardCase).toList());
    }

    @Override
    public Settings settings() {
        return hard.settings();
    }

    @Override
    public Class<HardResult> type() {
        return HardResult.class;
    }

    @Override
    public List<Case<HardResult>> cases() {
        return hard.cases();
    }

    @Override
    public void begin(Turn turn) {
        hard.begin(turn);
    }

    @Override
    public void end(Path folder, Turn turn) {
        PeerCases.of(grammars).forEach(peer -> peer.write(folder.resolve(CASES)));
    }

    @Override
    public View view(List<HardResult> results) {
        return new ExamplesView(results, PeerCases.of(grammars)).view(hard.setting());
    }
}
