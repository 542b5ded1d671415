// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says which schemas with instances are read. */
public final class CorpusOption {

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "DIR_OR_FILE",
            description = "schemas with instances: a clone of MaskBench's repository, files of its maskbench/data, or"
                    + " .jsonl and .jsonl.gz files with one schema a line")
    private List<Path> data;

    /**
     * All schemas.
     *
     * @throws InvalidInputException if they cannot be read
     */
    public SchemaCorpus corpus() {
        return SchemaCorpus.read(data);
    }
}
