// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Java code of a page, which is that between the marks {@code // page: begin} and {@code // page: end} of sources that are compiled. */
public final class PageCode {

    private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TESTED =
            Pattern.compile("^ *// page: begin\n(.*?)^ *// page: end$", Pattern.DOTALL | Pattern.MULTILINE);

    private PageCode() {}

    /** The blocks of code that a page shows, from top to bottom. */
    public static List<String> shown(Path page) throws IOException {
        return found(SHOWN, page);
    }

    /** What stands between the marks of some sources, in their order. */
    public static List<String> tested(Path... sources) throws IOException {
        List<String> tested = new ArrayList<>();
        for (Path source : sources) {
            tested.addAll(found(TESTED, source));
        }
        return tested;
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1).stripTrailing().stripIndent());
        }
        return found;
    }
}
