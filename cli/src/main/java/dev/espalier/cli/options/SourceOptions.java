// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.cli.console.Console;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option for the texts from which strings are quoted. */
public final class SourceOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from-source",
            paramLabel = "[NAME=]FILE",
            description =
                    "A text of which strings must be spans where the schema has x-from-source: the one that it does not name, or"
                            + " names so. May be repeated.")
    private List<String> sources = new ArrayList<>();

    public SourceOptions() {}

    /** Options with the texts. */
    public SchemaOptions in(SchemaOptions options, Console console) {
        SchemaOptions all = options;
        for (String source : sources) {
            int equals = source.indexOf('=');
            String name = source.substring(0, Math.max(0, equals));
            if (all.sources().containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there are two --from-source " + (name.isEmpty() ? "without a name" : name));
            }
            all = all.withSource(name, console.readText(source.substring(equals + 1)));
        }
        return all;
    }
}
