// SPDX-License-Identifier: Apache-2.0
package dev.espalier.stream;

import dev.espalier.core.error.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;

/** JSON pointers (RFC 6901) as steps. */
final class Pointers {

    /** The step of a pattern that stands for every one. */
    static final String ANY = "*";

    private Pointers() {}

    /**
     * The steps of a pointer, without escapes.
     *
     * @throws InvalidInputException if it is no pointer
     */
    static List<String> steps(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        } else if (pointer.charAt(0) != '/') {
            throw new InvalidInputException(
                    "expected a JSON pointer, empty or with / at its beginning, but not \"" + pointer + "\"");
        }
        return Stream.of(pointer.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** The index that a step is; -1 if it is none. */
    static int index(String step) {
        boolean isIndex = !step.isEmpty()
                && step.length() < 10
                && step.chars().allMatch(c -> c >= '0' && c <= '9')
                && (step.length() == 1 || step.charAt(0) != '0');
        return isIndex ? Integer.parseInt(step) : -1;
    }

    /** Whether a path is one of those that a pattern describes. Cost: its steps. */
    static boolean matches(List<String> pattern, ValuePath path) {
        if (path.depth() != pattern.size()) {
            return false;
        }
        ValuePath at = path;
        for (int i = pattern.size() - 1; i >= 0 && at != null; i--) {
            if (!pattern.get(i).equals(ANY) && !pattern.get(i).equals(at.step())) {
                return false;
            }
            at = at.above();
        }
        return true;
    }
}
