package dev.espalier.jsonschemabench;

import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of a run over a corpus of schemas: what is read, and where results are kept that a later run goes on from. */
final class CorpusRun {

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "DIR_OR_FILE",
            description = "schemas with instances: a clone of MaskBench's repository, files of its maskbench/data, or"
                    + " .jsonl and .jsonl.gz files with one schema a line")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<Path> data;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where results and report are written")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    /** The folder of results and report. */
    Path out() {
        return out;
    }

    /**
     * All schemas.
     *
     * @throws dev.espalier.grammar.error.InvalidInputException if they cannot be read
     */
    SchemaCorpus corpus() {
        return SchemaCorpus.read(data);
    }
}
