// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import java.util.List;

/**
 * Adds subcommands to the command line. Implementations are found by {@link java.util.ServiceLoader}; they must be public
 * with a public constructor without parameters, which is called once a run.
 */
public interface CommandProvider {

    /**
     * The subcommands: objects of classes with picocli's {@code @Command}, each a {@code Callable<Integer>} that
     * returns an {@link ExitCode}.
     *
     * @param console where the commands read and write
     */
    List<Object> commands(Console console);
}
