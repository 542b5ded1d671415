// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.state;

/** The state of a frame that is over: it reads nothing more and ends with one result. */
public record EndState(int result) implements SchemaState {

    private static final EndState[] FIRST = new EndState[16];
    private static final int[][] RESULTS = new int[FIRST.length][];

    static {
        for (int i = 0; i < FIRST.length; i++) {
            FIRST[i] = new EndState(i);
            RESULTS[i] = i == 0 ? RESULT_ZERO : new int[] {i};
        }
    }

    public static EndState of(int result) {
        return result < FIRST.length ? FIRST[result] : new EndState(result);
    }

    @Override
    public void moves(int symbol, Moves moves) {}

    @Override
    public boolean mayRead(int symbol) {
        return false;
    }

    @Override
    public int[] results() {
        return result >= 0 && result < RESULTS.length ? RESULTS[result] : new int[] {result};
    }

    @Override
    public void resume(int ended, Moves moves) {}

    @Override
    public int[] goal() {
        return results();
    }

    @Override
    public int distance(int wanted) {
        return wanted == result ? 0 : Integer.MAX_VALUE;
    }
}
