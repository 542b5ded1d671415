// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.lark;

/** Regular expressions in which blanks and comments say nothing. */
final class VerbosePattern {

    private VerbosePattern() {}

    /** The same expression without them. */
    static String plain(String verbose) {
        StringBuilder plain = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < verbose.length(); i++) {
            char c = verbose.charAt(i);
            if (c == '\\' && i + 1 < verbose.length()) {
                plain.append(c).append(verbose.charAt(++i));
            } else if (inClass) {
                inClass = c != ']';
                plain.append(c);
            } else if (c == '#' && plain.toString().endsWith("(?")) {
                plain.setLength(plain.length() - 2);
                int end = verbose.indexOf(')', i);
                i = end < 0 ? verbose.length() : end;
            } else if (c == '#') {
                int end = verbose.indexOf('\n', i);
                i = end < 0 ? verbose.length() : end;
            } else if (" \t\n\r\f\u000b".indexOf(c) < 0) {
                plain.append(c);
                if (c == '[') {
                    inClass = true;
                    int first = i + 1 < verbose.length() && verbose.charAt(i + 1) == '^' ? i + 2 : i + 1;
                    if (first < verbose.length() && verbose.charAt(first) == ']') {
                        plain.append(verbose, i + 1, first + 1);
                        i = first;
                    }
                }
            }
        }
        return plain.toString();
    }
}
