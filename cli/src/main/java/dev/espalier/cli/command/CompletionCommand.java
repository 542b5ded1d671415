// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.command;

import dev.espalier.cli.console.Console;
import dev.espalier.cli.console.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code completion}: a script that has a shell complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script that has a shell complete commands and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier completion bash > ~/.local/share/bash-completion/completions/espalier",
            "  source <(espalier completion zsh)",
            "  espalier completion fish > ~/.config/fish/completions/espalier.fish"
        })
public final class CompletionCommand implements Callable<Integer> {

    /** Shells that it has scripts for. */
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh|fish", description = "Which shell.")
    private Shell shell;

    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        String name = root.getCommandName();
        console.out().print(shell == Shell.FISH ? fish(name, root) : bash(name, root));
        return ExitCode.DONE;
    }

    /** Picocli's script, which zsh reads too. It makes names of functions of labels, and cannot of one without letters, which need no completion. */
    private static String bash(String name, CommandLine root) {
        for (CommandLine command : root.getSubcommands().values()) {
            CommandSpec specification = command.getCommandSpec();
            List.copyOf(specification.positionalParameters()).stream()
                    .filter(one -> one.paramLabel().chars().noneMatch(Character::isLetter))
                    .forEach(specification::remove);
        }
        return AutoComplete.bash(name, root);
    }

    private static String fish(String name, CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c " + name + " -f\n");
        Map<String, CommandLine> commands = new TreeMap<>(root.getSubcommands());
        commands.forEach((command, line) -> {
            script.append("complete -c ")
                    .append(name)
                    .append(" -n __fish_use_subcommand -a ")
                    .append(command);
            script.append(described(line.getCommandSpec().usageMessage().description()))
                    .append('\n');
            for (OptionSpec option : line.getCommandSpec().options()) {
                script.append("complete -c ").append(name);
                script.append(" -n '__fish_seen_subcommand_from ")
                        .append(command)
                        .append('\'');
                for (String spelled : option.names()) {
                    script.append(spelled.startsWith("--") ? " -l " : " -s ").append(spelled.replaceFirst("^-+", ""));
                }
                boolean takesValue = option.arity().max() > 0;
                script.append(takesValue ? " -r -F" : "")
                        .append(described(option.description()))
                        .append('\n');
            }
        });
        return script.toString();
    }

    private static String described(String[] lines) {
        String line = lines.length == 0 ? "" : lines[0];
        return line.isEmpty()
                ? ""
                : " -d '" + line.replace("$$", "$").replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
