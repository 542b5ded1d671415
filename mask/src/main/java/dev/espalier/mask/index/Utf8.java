// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.index;

/** The automaton of well-formed UTF-8 (RFC 3629, section 4): no surrogates, no overlong forms, nothing past U+10FFFF. */
public final class Utf8 {

    /** No well-formed text starts so. */
    public static final int DEAD = -1;

    /** Between two characters. */
    public static final int START = 0;

    /** The number of states. */
    static final int STATES = 8;

    /** The least byte that begins a character of several. */
    public static final int LEAST_LEAD = 0xc2;

    private static final int ONE_MORE = 1;
    private static final int TWO_MORE = 2;
    private static final int THREE_MORE = 3;
    private static final int AFTER_E0 = 4;
    private static final int AFTER_ED = 5;
    private static final int AFTER_F0 = 6;
    private static final int AFTER_F4 = 7;

    private Utf8() {}

    /** Whether an ASCII byte is plain text as {@link PlainText} defines it. */
    public static boolean isPlain(int symbol) {
        return symbol >= 0x20 && symbol != '"' && symbol != '\\' && symbol != 0x7f;
    }

    public static int next(int state, int symbol) {
        return switch (state) {
            case START -> lead(symbol);
            case ONE_MORE -> within(symbol, 0x80, 0xbf, START);
            case TWO_MORE -> within(symbol, 0x80, 0xbf, ONE_MORE);
            case THREE_MORE -> within(symbol, 0x80, 0xbf, TWO_MORE);
            case AFTER_E0 -> within(symbol, 0xa0, 0xbf, ONE_MORE);
            case AFTER_ED -> within(symbol, 0x80, 0x9f, ONE_MORE);
            case AFTER_F0 -> within(symbol, 0x90, 0xbf, TWO_MORE);
            case AFTER_F4 -> within(symbol, 0x80, 0x8f, TWO_MORE);
            default -> DEAD;
        };
    }

    private static int lead(int symbol) {
        if (symbol < 0x80) {
            return START;
        }
        if (symbol < 0xc2 || symbol > 0xf4) {
            return DEAD;
        }
        if (symbol < 0xe0) {
            return ONE_MORE;
        }
        if (symbol < 0xf0) {
            return symbol == 0xe0 ? AFTER_E0 : symbol == 0xed ? AFTER_ED : TWO_MORE;
        }
        return symbol == 0xf0 ? AFTER_F0 : symbol == 0xf4 ? AFTER_F4 : THREE_MORE;
    }

    private static int within(int symbol, int first, int last, int next) {
        return symbol >= first && symbol <= last ? next : DEAD;
    }
}
