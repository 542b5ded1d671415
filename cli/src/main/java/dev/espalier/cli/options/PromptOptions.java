// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.cli.console.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options for the prompt of the model. */
public final class PromptOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What the model reads first.")
    private @Nullable String prompt;

    @Option(names = "--prompt-file", paramLabel = "FILE", description = "A file that the model reads first.")
    private @Nullable String promptFile;

    @Parameters(arity = "0..1", paramLabel = "-", description = "- reads the prompt from standard input.")
    private @Nullable String standardInput;

    public PromptOptions() {}

    /** The prompt, or an empty one if none is given. */
    public String readIfGiven(Console console) {
        return prompt == null && promptFile == null && standardInput == null ? "" : read(console);
    }

    /** The prompt. */
    public String read(Console console) {
        int given = (prompt == null ? 0 : 1) + (promptFile == null ? 0 : 1) + (standardInput == null ? 0 : 1);
        if (given != 1) {
            throw new ParameterException(spec.commandLine(), "expected one of --prompt, --prompt-file and -");
        }
        if (prompt != null) {
            return prompt;
        }
        if (standardInput != null && !standardInput.equals("-")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "unexpected '" + standardInput + "': give the prompt with --prompt or --prompt-file");
        }
        return console.readText(promptFile == null ? "-" : promptFile);
    }
}
