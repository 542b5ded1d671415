// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.format;

import dev.espalier.core.oracle.FastPath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A host name in ASCII read so far, of which only the A-labels ({@code xn--…}) are checked: the format's pattern checks the others. The texts
 * of other labels are forgotten, so that most names lead to one reading. Source: RFC 5890 to 5893.
 *
 * @param rightToLeft whether an earlier label is written from right to left
 * @param keepsDirection whether all labels so far keep the rule of one direction, as all must if one is written from right to left
 * @param label the label that is being read, as long as it is or may become an A-label; {@link #OTHER} for any other
 */
@FastPath(oracle = "IdnaNameTest")
record ALabels(boolean rightToLeft, boolean keepsDirection, String label) implements TextReading {

    /** A label that is no A-label. */
    private static final String OTHER = "-";

    private static final int ASCII = 0x80;

    /** The names whose A-labels are all valid. */
    record Kind() implements TextKind {

        @Override
        public TextReading begin() {
            return new ALabels(false, true, "");
        }

        @Override
        public boolean isExact() {
            return false;
        }

        @Override
        public String what() {
            return "an A-label (xn--…)";
        }
    }

    @Override
    public @Nullable ALabels next(int codePoint, int room) {
        if (codePoint == '.') {
            return finished();
        }
        if (label.equals(OTHER)) {
            return this;
        }
        String more = label + Character.toString(codePoint);
        String lower = more.toLowerCase(Locale.ROOT);
        if (lower.startsWith(IdnaName.ACE) || IdnaName.ACE.startsWith(lower)) {
            return new ALabels(rightToLeft, keepsDirection, more);
        }
        // A label in ASCII keeps to one direction if it begins with a letter.
        int first = more.charAt(0) | 0x20;
        boolean isLetter = first >= 'a' && first <= 'z';
        return of(rightToLeft, keepsDirection && isLetter, OTHER);
    }

    /** The name with its last label finished; null if that makes it invalid. */
    private @Nullable ALabels finished() {
        if (!label.toLowerCase(Locale.ROOT).startsWith(IdnaName.ACE)) {
            return new ALabels(rightToLeft, keepsDirection, "");
        }
        String decoded = IdnaName.label(label);
        return decoded == null
                ? null
                : of(
                        rightToLeft || IdnaName.isRightToLeft(decoded),
                        keepsDirection && IdnaName.keepsDirection(decoded),
                        "");
    }

    private static @Nullable ALabels of(boolean rightToLeft, boolean keepsDirection, String label) {
        return rightToLeft && !keepsDirection ? null : new ALabels(rightToLeft, keepsDirection, label);
    }

    @Override
    public boolean isAccepted() {
        return finished() != null;
    }

    @Override
    public int charactersLeft() {
        return 0;
    }

    @Override
    public int bytesLeft() {
        return 0;
    }

    @Override
    public int sameUntil(int codePoint) {
        if (!label.equals(OTHER) || codePoint == '.') {
            return codePoint;
        }
        return codePoint < '.' ? '.' - 1 : Character.MAX_CODE_POINT;
    }

    @Override
    public int alikeUntil(int codePoint) {
        return codePoint < ASCII ? Math.min(sameUntil(codePoint), ASCII - 1) : Character.MAX_CODE_POINT;
    }
}
