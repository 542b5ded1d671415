// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Punycode: Unicode texts as letters, digits and hyphens of ASCII. Source: RFC 3492. */
final class Punycode {

    private static final int BASE = 36;
    private static final int MIN = 1;
    private static final int MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int BIAS = 72;
    private static final int FIRST = 0x80;

    private Punycode() {}

    /** The text that a Punycode string, without {@code xn--}, encodes; null if it is malformed. */
    static @Nullable String decode(String written) {
        int hyphen = written.lastIndexOf('-');
        List<Integer> text = new ArrayList<>();
        written.substring(0, Math.max(0, hyphen)).codePoints().forEach(text::add);
        long codePoint = FIRST;
        int bias = BIAS;
        long at = 0;
        int read = hyphen + 1;
        while (read < written.length()) {
            long before = at;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = read < written.length() ? digit(written.charAt(read++)) : -1;
                at += digit * weight;
                if (digit < 0 || at > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                    return null;
                }
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            bias = adapted(at - before, text.size() + 1, before == 0);
            codePoint += at / (text.size() + 1);
            at %= text.size() + 1;
            boolean scalar = codePoint <= Character.MAX_CODE_POINT && (codePoint < 0xD800 || codePoint > 0xDFFF);
            if (!scalar) {
                return null;
            }
            text.add((int) at++, (int) codePoint);
        }
        StringBuilder result = new StringBuilder();
        text.forEach(result::appendCodePoint);
        return result.toString();
    }

    /** The Punycode of a text, without {@code xn--}. */
    static String encode(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder written = new StringBuilder();
        for (int c : points) {
            if (c < FIRST) {
                written.append((char) c);
            }
        }
        int basic = written.length();
        int done = basic;
        if (basic > 0) {
            written.append('-');
        }
        int codePoint = FIRST;
        int bias = BIAS;
        long delta = 0;
        while (done < points.length) {
            int next = Integer.MAX_VALUE;
            for (int c : points) {
                next = c >= codePoint ? Math.min(next, c) : next;
            }
            delta += (long) (next - codePoint) * (done + 1);
            codePoint = next;
            for (int c : points) {
                delta += c < codePoint ? 1 : 0;
                if (c == codePoint) {
                    append(delta, bias, written);
                    bias = adapted(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
            delta++;
            codePoint++;
        }
        return written.toString();
    }

    private static void append(long delta, int bias, StringBuilder written) {
        long rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                break;
            }
            written.append(letter((int) (threshold + (rest - threshold) % (BASE - threshold))));
            rest = (rest - threshold) / (BASE - threshold);
        }
        written.append(letter((int) rest));
    }

    private static int threshold(int k, int bias) {
        return Math.max(MIN, Math.min(MAX, k - bias));
    }

    private static int adapted(long delta, int points, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - MIN) * MAX / 2) {
            rest /= BASE - MIN;
            k += BASE;
        }
        return (int) (k + (BASE - MIN + 1) * rest / (rest + SKEW));
    }

    private static int digit(char letter) {
        return letter >= '0' && letter <= '9'
                ? letter - '0' + 26
                : letter >= 'a' && letter <= 'z' ? letter - 'a' : letter >= 'A' && letter <= 'Z' ? letter - 'A' : -1;
    }

    private static char letter(int digit) {
        return (char) (digit < 26 ? 'a' + digit : '0' + digit - 26);
    }
}
