// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import dev.espalier.jsonschemabench.hard.Clock;
import dev.espalier.jsonschemabench.run.Settings;
import java.nio.file.Path;

/**
 * What is measured.
 *
 * @param tokenizer the file of the vocabulary
 * @param convention the name of the convention in which calls are written
 * @param tools how many tools each round has
 * @param rounds how many rounds are measured in this machine, after as many as {@code warmUp} that are not
 * @param warmUp rounds that are not counted
 * @param fresh how many rounds are measured in a machine of their own
 * @param clock what times are taken by
 * @param seed decides all schemas and calls
 */
public record ToolsSettings(
        Path tokenizer, String convention, int tools, int rounds, int warmUp, int fresh, Clock clock, long seed) {

    /** What decides the results. */
    Settings settings() {
        return Settings.none()
                .withFile("--tokenizer", tokenizer)
                .with("--convention", convention)
                .with("--tools", tools)
                .with("--warm-up", warmUp)
                .with("--clock", clock)
                .with("--seed", seed)
                .withEngine();
    }
}
