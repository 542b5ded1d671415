// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.command;

import dev.espalier.cli.console.Console;
import dev.espalier.jsonschemabench.option.Output;
import dev.espalier.jsonschemabench.option.OutputOption;
import picocli.CommandLine.Mixin;

/** A command that measures into the folder that {@code --out} names. */
public abstract class FolderCommand extends RunCommand {

    @Mixin
    private final OutputOption output = new OutputOption();

    /** A command that prints on a console. */
    protected FolderCommand(Console console) {
        super(console);
    }

    @Override
    protected final Output output() {
        return output.output();
    }
}
