// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** A command of a module that is not on the class path: it is listed with the others, and says how it is started. */
@Command
final class ModuleNotice implements Callable<Integer> {

    private final String message;

    @Unmatched
    private List<String> options = new ArrayList<>();

    @Parameters(hidden = true)
    private List<String> words = new ArrayList<>();

    private ModuleNotice(String message) {
        this.message = message;
    }

    /** Adds what stands for each command that is not there. */
    static void addTo(CommandLine line) {
        add(
                line,
                "serve",
                "Answers OpenAI's protocol over HTTP.",
                "the server is not on the class path: start bin/espalier serve in a checkout, which builds it, or add"
                        + " the module espalier-server");
        add(
                line,
                "bench",
                "Measures and judges the engine on corpora of schemas, grammars and hostile inputs.",
                "the harness is not on the class path: start bin/espalier bench in a checkout, which builds it, or add"
                        + " the module espalier-jsonschemabench");
    }

    private static void add(CommandLine line, String name, String summary, String message) {
        if (!line.getSubcommands().containsKey(name)) {
            CommandLine notice = new CommandLine(new ModuleNotice(message));
            notice.getCommandSpec().usageMessage().description(summary);
            line.addSubcommand(name, notice);
        }
    }

    @Override
    public Integer call() {
        throw new InvalidInputException(message);
    }
}
