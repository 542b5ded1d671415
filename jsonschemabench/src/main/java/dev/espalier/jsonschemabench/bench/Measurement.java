// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.bench;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.report.View;
import dev.espalier.jsonschemabench.run.ResultsFile;
import java.nio.file.Path;

/** What a command of the harness runs: it writes its figures to a folder, and shows them. */
public interface Measurement {

    /** How many steps it has. */
    int steps();

    /**
     * Measures.
     *
     * @param folder where files are written; made if it is not there
     * @param stop once this is requested, what is under way is dropped, and what is done is written and shown
     * @param step called after each step, on any thread
     * @throws dev.espalier.core.error.InvalidInputException if a file cannot be read or written, or is of other settings
     */
    View run(Path folder, Cancellation stop, Runnable step) throws InterruptedException;

    /** The name of the file in the folder that has the figures. */
    default String file() {
        return ResultsFile.NAME;
    }
}
