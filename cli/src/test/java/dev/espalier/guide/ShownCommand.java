// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.cli.ConsoleRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command as a page shows it: {@code bin/espalier …}, perhaps behind {@code echo TEXT |}, and perhaps with {@code ; echo $?} behind it, which shows
 * the exit code.
 *
 * @param input what is on standard input
 * @param showsCode whether the exit code is the last line of what is shown
 */
record ShownCommand(List<String> words, String input, boolean showsCode) {

    private static final Pattern LINE =
            Pattern.compile("(?:echo ('[^']*'|\"[^\"]*\") \\| )?bin/espalier (.*?)(; echo \\$\\?)?");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
    private static final Pattern WRITTEN = Pattern.compile("[\\w-]+\\.(compiled|vocabulary|html)");
    private static final String EXAMPLES = "examples/";

    static Optional<ShownCommand> of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(matcher.group(2));
        while (word.find()) {
            words.add(word.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
        }
        String input = matcher.group(1) == null
                ? ""
                : matcher.group(1).substring(1, matcher.group(1).length() - 1) + "\n";
        return Optional.of(new ShownCommand(words, input, matcher.group(3) != null));
    }

    /** Runs it in this process; files that it writes go to a folder. */
    ConsoleRun run(Path written) {
        String[] arguments = words.stream()
                .map(word -> {
                    int begin = word.indexOf('=') + 1;
                    String value = word.substring(begin);
                    if (value.startsWith(EXAMPLES)) {
                        return word.substring(0, begin) + "../" + value;
                    }
                    return WRITTEN.matcher(word).matches()
                            ? written.resolve(word).toString()
                            : word;
                })
                .toArray(String[]::new);
        ConsoleRun run = ConsoleRun.withInput(input, arguments);
        return new ConsoleRun(run.code(), asShown(run.out(), written), asShown(run.err(), written));
    }

    private static String asShown(String text, Path written) {
        return text.replace("../" + EXAMPLES, EXAMPLES)
                .replace(written + "/", "")
                .strip();
    }

    /** The names of options in it that the command's help does not have. */
    List<String> unknownOptions() {
        String help = ConsoleRun.of(words.get(0), "--help").out();
        return words.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(word -> !isIn(help, word) && !isIn(help, word.replace("--no-", "--[no-]")))
                .toList();
    }

    private static boolean isIn(String help, String option) {
        return Pattern.compile(Pattern.quote(option) + "\\b|" + Pattern.quote(option) + "(?=[=\\]\\s])")
                .matcher(help)
                .find();
    }
}
