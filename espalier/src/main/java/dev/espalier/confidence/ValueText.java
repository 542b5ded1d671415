// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import dev.espalier.core.ByteString;
import java.util.Arrays;

/**
 * What is written of a value so far: bytes that must come first as they were written, then white space, then the value, up to the first byte that is no
 * more of it. Immutable.
 */
final class ValueText {

    /** Where a text stands. */
    enum State {
        /** Before the value. */
        BEFORE,
        /** In a string. */
        STRING,
        /** In a string, after a backslash. */
        ESCAPE,
        /** In a number or a literal, which the next mark ends. */
        BARE,
        /** In a text that is not JSON, which only an end token ends. */
        PLAIN,
        /** Behind the value. */
        ENDED,
        /** Other bytes than must come first. */
        ASTRAY
    }

    private static final byte[] EMPTY = {};

    private final byte[] first;
    private final int met;
    private final State state;
    private final byte[] value;

    private ValueText(byte[] first, int met, State state, byte[] value) {
        this.first = first;
        this.met = met;
        this.state = state;
        this.value = value;
    }

    /** The empty text before a value of JSON. */
    static ValueText json(byte[] first) {
        return new ValueText(first, 0, State.BEFORE, EMPTY);
    }

    /** The empty text of an output that is not JSON. */
    static ValueText plain(byte[] first) {
        return new ValueText(first, 0, State.PLAIN, EMPTY);
    }

    static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    State state() {
        return state;
    }

    /** Whether all bytes that must come first have come. */
    boolean isInside() {
        return met == first.length;
    }

    /** What there is of the value. */
    byte[] value() {
        return value;
    }

    /** The text with more bytes. */
    ValueText then(ByteString bytes) {
        int i = 0;
        int met = this.met;
        for (; i < bytes.length() && met < first.length; i++, met++) {
            if ((first[met] & 0xff) != bytes.at(i)) {
                return new ValueText(first, met, State.ASTRAY, value);
            }
        }
        State now = state;
        byte[] grown = value;
        int length = value.length;
        for (; i < bytes.length() && now != State.ENDED; i++) {
            int b = bytes.at(i);
            State next = after(now, b);
            boolean isPart = !(now == State.BEFORE && isSpace(b)) && !(now == State.BARE && next == State.ENDED);
            if (isPart) {
                if (grown == value) {
                    grown = Arrays.copyOf(value, value.length + bytes.length() - i);
                }
                grown[length++] = (byte) b;
            }
            now = next;
        }
        return new ValueText(first, met, now, grown.length == length ? grown : Arrays.copyOf(grown, length));
    }

    /** The text after an end token: only outermost numbers and literals, and texts that are not JSON, end so. */
    ValueText thenEnd() {
        boolean ends = isInside() && (state == State.BARE || state == State.PLAIN);
        return new ValueText(first, met, ends ? State.ENDED : State.ASTRAY, value);
    }

    private static State after(State state, int b) {
        return switch (state) {
            case BEFORE -> isSpace(b) ? State.BEFORE : first(b);
            case STRING -> b == '\\' ? State.ESCAPE : b == '"' ? State.ENDED : State.STRING;
            case ESCAPE -> State.STRING;
            case BARE -> isSpace(b) || b == ',' || b == ']' || b == '}' ? State.ENDED : State.BARE;
            case PLAIN, ENDED, ASTRAY -> state;
        };
    }

    /** Objects, arrays and ends of either are told by their first byte. */
    private static State first(int b) {
        return switch (b) {
            case '"' -> State.STRING;
            case '{', '[', ']', '}' -> State.ENDED;
            default -> State.BARE;
        };
    }

    /** Whether a value may come of it by more bytes. */
    boolean mayBecome(byte[] whole) {
        return whole.length >= value.length && Arrays.equals(whole, 0, value.length, value, 0, value.length);
    }
}
