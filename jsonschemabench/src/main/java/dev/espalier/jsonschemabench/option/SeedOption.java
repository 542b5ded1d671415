// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import picocli.CommandLine.Option;

/** The option that decides what is left to chance. */
public final class SeedOption {

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description =
                    "decides all random choices: what is sampled, generated and drawn (default: ${DEFAULT-VALUE})")
    private long seed;

    public long value() {
        return seed;
    }
}
