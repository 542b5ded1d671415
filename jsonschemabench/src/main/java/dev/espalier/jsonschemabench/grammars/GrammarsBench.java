// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.grammars;

import dev.espalier.jsonschemabench.bench.Bench;
import dev.espalier.jsonschemabench.bench.Case;
import dev.espalier.jsonschemabench.bench.Turn;
import dev.espalier.jsonschemabench.hard.HardBench;
import dev.espalier.jsonschemabench.hard.HardResult;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.Settings;
import java.util.List;

/**
 * Grammar files, read as hard cases are: texts token by token, with caches that are empty at first, then again.
 *
 * @param files the grammars and how they are measured
 * @param others what other engines took for the same texts
 */
public record GrammarsBench(HardBench files, List<OtherEngine> others) implements Bench<HardResult> {

    /** Copies the list. */
    public GrammarsBench {
        others = List.copyOf(others);
    }

    @Override
    public Settings settings() {
        return files.settings();
    }

    @Override
    public Class<HardResult> type() {
        return files.type();
    }

    @Override
    public List<Case<HardResult>> cases() {
        return files.cases();
    }

    @Override
    public void begin(Turn turn) {
        files.begin(turn);
    }

    @Override
    public View view(List<HardResult> results) {
        return new GrammarsView(results, others).view(files.setting());
    }
}
