// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.stack;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.State;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A marker in place of what was cut off below a {@link StackSegment}: what ends above it ends the whole with the number of the
 * cut as the result. It reads nothing.
 */
final class CutState implements State, ByteView {

    /** Most sets of stacks have few cuts: their states are made once. */
    private static final List<CutState> FIRST =
            IntStream.range(0, 16).mapToObj(CutState::returning).toList();

    private final int cut;
    private final int[] results;
    /** Where it goes on, everything above having ended: itself if that is so already. */
    private final CutState ended;

    private CutState(int cut, int[] results, @Nullable CutState ended) {
        this.cut = cut;
        this.results = results;
        this.ended = ended == null ? this : ended;
    }

    private static CutState returning(int cut) {
        return new CutState(cut, NO_RESULTS, new CutState(cut, new int[] {cut}, null));
    }

    /** The return state above the bottom in place of what is cut off. */
    static CutState of(int cut) {
        return cut < FIRST.size() ? FIRST.get(cut) : returning(cut);
    }

    int cut() {
        return cut;
    }

    @Override
    public void moves(int symbol, Moves moves) {}

    @Override
    public ByteView byteView() {
        return this;
    }

    @Override
    public boolean mayRead(int symbol) {
        return false;
    }

    @Override
    public ByteSet readable() {
        return ByteSet.NONE;
    }

    @Override
    public int[] results() {
        return results;
    }

    @Override
    public void resume(int result, Moves moves) {
        moves.stay(ended);
    }

    @Override
    public int[] goal() {
        return new int[] {cut};
    }

    @Override
    public int distance(int result) {
        return result == cut ? 0 : Integer.MAX_VALUE;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof CutState that && cut == that.cut && results.length == that.results.length);
    }

    @Override
    public int hashCode() {
        return 31 * cut + results.length + 0x2545f491;
    }

    @Override
    public String toString() {
        return "cut " + cut;
    }
}
