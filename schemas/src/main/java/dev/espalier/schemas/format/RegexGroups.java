// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.util.Set;
import java.util.TreeSet;

/**
 * The groups of a regular expression read so far: those still open, and those that its back-references require.
 *
 * @param open the open groups, each a {@code Q} where it may be repeated, an {@code A} where it is an assertion
 * @param captures the number of capturing groups so far
 * @param reference the greatest number of a back-reference
 * @param names the names of groups
 * @param wanted the names that back-references use and no group has yet
 */
record RegexGroups(String open, int captures, int reference, Set<String> names, Set<String> wanted) {

    /** No open groups, no required groups. */
    static final RegexGroups NONE = new RegexGroups("", 0, 0, Set.of(), Set.of());

    /** The number of characters of {@code (?<>)}. */
    private static final int NAMED = 5;

    /** The most missing groups without names that an ending writes out. */
    private static final int MAX_WRITTEN = 1000;

    RegexGroups opened(boolean quantifiable) {
        return new RegexGroups(open + (quantifiable ? "Q" : "A"), captures, reference, names, wanted);
    }

    /** Whether the innermost open group may be repeated. */
    boolean isQuantifiable() {
        return open.endsWith("Q");
    }

    RegexGroups closed() {
        return new RegexGroups(open.substring(0, open.length() - 1), captures, reference, names, wanted);
    }

    RegexGroups captured(int more) {
        return new RegexGroups(open, captures + more, reference, names, wanted);
    }

    RegexGroups referred(int number) {
        return new RegexGroups(open, captures, Math.max(reference, number), names, wanted);
    }

    RegexGroups referred(String name) {
        return names.contains(name) ? this : new RegexGroups(open, captures, reference, names, with(wanted, name));
    }

    RegexGroups named(String name) {
        Set<String> rest = new TreeSet<>(wanted);
        rest.remove(name);
        return new RegexGroups(open, captures, reference, with(names, name), rest);
    }

    private static Set<String> with(Set<String> set, String more) {
        Set<String> all = new TreeSet<>(set);
        all.add(more);
        return all;
    }

    /** A shortest text that closes the open groups and adds the required ones, up to some number of groups without names. */
    String ending() {
        StringBuilder ending = new StringBuilder(")".repeat(open.length()));
        wanted.forEach(name -> ending.append("(?<").append(name).append(">)"));
        int missing = Math.min(MAX_WRITTEN, Math.max(0, reference - captures - wanted.size()));
        return ending.append("()".repeat(missing)).toString();
    }

    /** The fewest characters, or bytes, that close the open groups and add the required ones. */
    int left(boolean bytes) {
        long left = open.length() + 2L * Math.max(0, (long) reference - captures - wanted.size());
        for (String name : wanted) {
            left += NAMED + (bytes ? RegexReading.bytes(name) : name.codePointCount(0, name.length()));
        }
        return (int) Math.min(left, Integer.MAX_VALUE / 2);
    }
}
