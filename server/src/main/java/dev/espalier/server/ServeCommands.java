// SPDX-License-Identifier: Apache-2.0
package dev.espalier.server;

import dev.espalier.cli.CommandProvider;
import dev.espalier.cli.console.Console;
import java.util.List;

/** The command {@code serve}, on command lines that have this module. */
public final class ServeCommands implements CommandProvider {

    /** For the service loader. */
    public ServeCommands() {}

    @Override
    public List<Object> commands(Console console) {
        return List.of(new ServeCommand(console));
    }
}
