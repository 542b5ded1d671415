// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.compare;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.jsonschemabench.bench.Measurement;
import dev.espalier.jsonschemabench.report.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares files of results, and writes {@code comparison.json} and {@code report.md}.
 *
 * @param files as {@link EngineResults#read} takes them; the first is what the others are compared with
 */
public record ComparisonRun(List<String> files) implements Measurement {

    @Override
    public int steps() {
        return files.size();
    }

    @Override
    public View run(Path folder, Cancellation stop, Runnable step) {
        List<EngineResults> engines = new ArrayList<>();
        for (String file : files) {
            engines.add(EngineResults.read(file));
            step.run();
        }
        Comparison comparison = new Comparison(engines);
        View view = comparison.view();
        try {
            Files.createDirectories(folder);
            WholeFile.write(folder.resolve(file()), view.toJson() + System.lineSeparator());
            WholeFile.write(folder.resolve("report.md"), comparison.markdown());
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to " + folder + ": " + e, e);
        }
        return view;
    }

    @Override
    public String file() {
        return "comparison.json";
    }
}
