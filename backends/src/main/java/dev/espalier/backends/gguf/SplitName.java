// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.gguf;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file that is one part of a model: {@code NAME-00002-of-00003.gguf}.
 *
 * @param number the place among the parts, from 1
 */
record SplitName(Path path, String name, int number, int count) {

    private static final Pattern PATTERN = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf", Pattern.DOTALL);

    /** The parts of a path's name, if it is such a name. */
    static Optional<SplitName> of(Path path) {
        Matcher matcher = PATTERN.matcher(String.valueOf(path.getFileName()));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        int count = Integer.parseInt(matcher.group(3));
        return number < 1 || number > count
                ? Optional.empty()
                : Optional.of(new SplitName(path, matcher.group(1), number, count));
    }

    /** The path of another part, beside this one. */
    Path sibling(int other) {
        return path.resolveSibling("%s-%05d-of-%05d.gguf".formatted(name, other, count));
    }
}
