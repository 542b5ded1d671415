// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.split;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.pattern.TextPattern;
import dev.espalier.mask.pattern.TextScanner;

/** Cuts text at the matches of a pattern. */
public record Split(TextPattern pattern, SplitBehavior behavior, boolean invert) implements PreTokenizer {

    @Override
    public Pieces into(Pieces next, boolean atStart) {
        TextScanner scanner = new TextScanner(pattern);
        return behavior == SplitBehavior.ISOLATED
                ? (text, from, to) -> isolate(scanner, text, from, to, next)
                : (text, from, to) -> cut(scanner, text, from, to, next);
    }

    private static void isolate(TextScanner scanner, String text, int from, int to, Pieces next) {
        scanner.reset(text, from, to);
        int done = from;
        for (int at = from; at < to && scanner.find(at); at = behind(scanner, text)) {
            pass(text, done, scanner.start(), next);
            pass(text, scanner.start(), scanner.end(), next);
            done = scanner.end();
        }
        pass(text, done, to, next);
    }

    private void cut(TextScanner scanner, String text, int from, int to, Pieces next) {
        scanner.reset(text, from, to);
        IntList parts = new IntList();
        int done = from;
        boolean previous = false;
        for (int at = from; at < to && scanner.find(at); at = behind(scanner, text)) {
            if (done < scanner.start()) {
                behavior.add(parts, done, scanner.start(), invert, previous);
                previous = invert;
            }
            behavior.add(parts, scanner.start(), scanner.end(), !invert, previous);
            previous = !invert;
            done = scanner.end();
        }
        if (done < to) {
            behavior.add(parts, done, to, invert, previous);
        }
        for (int i = 0; i < parts.size(); i += 2) {
            pass(text, parts.get(i), parts.get(i + 1), next);
        }
    }

    /** Where to look for the next match: behind an empty one, a character further. */
    private static int behind(TextScanner scanner, String text) {
        int end = scanner.end();
        boolean goesOn = scanner.start() < end || end == text.length();
        return goesOn ? end : end + Character.charCount(text.codePointAt(end));
    }

    private static void pass(String text, int from, int to, Pieces next) {
        if (from < to) {
            next.accept(text, from, to);
        }
    }
}
