// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.name.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command line that cannot be read, with what was probably meant; and names of the Java API as options. */
public final class UsageMessage {

    private static final Pattern LIMIT = Pattern.compile("Limits\\.with([A-Z])(\\w*)");
    private static final Pattern PARAMETER =
            Pattern.compile("(?:(?<=raise )|^)(maxTokens|temperature|topK|topP|minP)(?= must|[,;])");

    private UsageMessage() {}

    /** What is wrong, in one line. */
    public static String of(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String given = unmatched.getUnmatched().get(0);
            return given.startsWith("-")
                    ? "there is no option " + given + NearestName.question(name(given), options(command))
                    : e.getCommandLine().getSubcommands().isEmpty()
                            ? "nothing is expected where " + given + " stands"
                            : "there is no command " + given
                                    + NearestName.question(
                                            given,
                                            e.getCommandLine().getSubcommands().keySet());
        }
        ArgSpec argument = e.getArgSpec();
        String given = e.getValue();
        if (argument instanceof OptionSpec option
                && option.type().isEnum()
                && option.converters().length == 0
                && given != null) {
            List<String> values = new ArrayList<>();
            for (Object constant : option.type().getEnumConstants()) {
                values.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
            }
            return option.longestName() + " is one of " + String.join(", ", values) + ", not " + given
                    + NearestName.question(given, values);
        }
        return inOptions(String.valueOf(e.getMessage()));
    }

    /** A message of the library with the names of the command line: {@code --max-tokens} for {@code maxTokens}. */
    public static String inOptions(String message) {
        String limits = LIMIT.matcher(message)
                .replaceAll(limit -> "--with-limit " + limit.group(1).toLowerCase(Locale.ROOT) + limit.group(2) + "=N");
        return PARAMETER
                .matcher(limits)
                .replaceAll(name -> Matcher.quoteReplacement(option(name.group())))
                .replace("SchemaOptions.allow lets", "--allow lets")
                .replace("SchemaOptions.withExtraKeywords", "--extra-keyword")
                .replace("SchemaOptions.withSource gives", "--from-source gives");
    }

    private static String option(String parameter) {
        return "--" + parameter.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String name(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static List<String> options(CommandSpec command) {
        List<String> names = new ArrayList<>();
        command.options().forEach(option -> names.addAll(List.of(option.names())));
        return names;
    }
}
