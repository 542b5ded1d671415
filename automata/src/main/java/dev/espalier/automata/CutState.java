package dev.espalier.automata;

/**
 * Stands for all that lies below one of several cuts of a set of stacks: what ends above it ends the whole with the number of the
 * cut as the result. It reads nothing. See {@link StackSegment}.
 */
final class CutState implements State {

    private final int cut;
    private final int[] results;

    private CutState(int cut, int[] results) {
        this.cut = cut;
        this.results = results;
    }

    /** The return state above the bottom in place of what is cut off. */
    static CutState of(int cut) {
        return new CutState(cut, NO_RESULTS);
    }

    int cut() {
        return cut;
    }

    @Override
    public void moves(int symbol, Moves moves) {}

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
        moves.stay(new CutState(cut, new int[] {cut}));
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
        return other instanceof CutState that && cut == that.cut && results.length == that.results.length;
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
