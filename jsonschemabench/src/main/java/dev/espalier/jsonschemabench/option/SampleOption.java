// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose some schemas of a corpus at random. */
public final class SampleOption {

    @Option(
            names = "--limit",
            converter = AtLeastOne.class,
            paramLabel = "N",
            description = "only N schemas, chosen at random by the seed")
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private final SeedOption seed = new SeedOption();

    /** The chosen schemas of a corpus. */
    public SchemaCorpus of(SchemaCorpus corpus) {
        return corpus.sampled(limit, seed.value());
    }

    public long seed() {
        return seed.value();
    }
}
