// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** The command {@code bench} where the harness is not on the class path: it says how the harness is started. */
@Command(
        name = HarnessNotice.NAME,
        description = "Measures and judges the engine on corpora of schemas, grammars and hostile inputs.")
final class HarnessNotice implements Callable<Integer> {

    static final String NAME = "bench";

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Parameters(hidden = true)
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() {
        throw new InvalidInputException(
                "the harness is not on the class path: start bin/espalier bench in a checkout, which"
                        + " builds it, or add the module espalier-jsonschemabench");
    }
}
