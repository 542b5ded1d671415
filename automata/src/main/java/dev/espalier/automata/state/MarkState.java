// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

/**
 * A frame that reads what another one reads, and lies below it on the stack to say so: what is above belongs to the part of a text with this name.
 *
 * @param mark the name of the part
 * @param content the frame of the part, which does not end before it has read something, and ends with result 0 alone
 * @param phase where the content is
 */
public record MarkState(String mark, State content, Phase phase) implements State, ByteView {

    /** Where the content of a mark is. */
    public enum Phase {
        /** Nothing of it has been read. */
        BEFORE,
        /** It is above on the stack. */
        OPEN,
        /** It has ended. */
        BEHIND
    }

    /** A frame with a mark below it. */
    public static State of(String mark, State content) {
        return new MarkState(mark, content, Phase.BEFORE);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        if (mayRead(symbol)) {
            moves.push(content, new MarkState(mark, content, Phase.OPEN));
        }
    }

    @Override
    public void resume(int result, Moves moves) {
        if (phase == Phase.OPEN && result == 0) {
            moves.stay(new MarkState(mark, content, Phase.BEHIND));
        }
    }

    @Override
    public int[] results() {
        return phase == Phase.BEFORE ? NO_RESULTS : RESULT_ZERO;
    }

    @Override
    public int distance(int result) {
        return phase == Phase.BEFORE ? content.distance(result) : result == 0 ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public boolean mayRead(int symbol) {
        return phase == Phase.BEFORE && ByteView.mayRead(content, symbol);
    }

    @Override
    public String toString() {
        return phase + " " + mark;
    }
}
