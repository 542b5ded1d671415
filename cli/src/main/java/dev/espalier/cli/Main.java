// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;

/** Where the launcher starts. */
public final class Main {

    private Main() {}

    /** Runs one command line and exits with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        System.exit(EspalierCommand.run(Console.system(), arguments));
    }
}
