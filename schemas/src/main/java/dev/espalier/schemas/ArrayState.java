package dev.espalier.schemas;

import dev.espalier.automata.State;

/**
 * Inside an array, between two values.
 *
 * @param frame the array's frame
 * @param core what is left to decide
 * @param index the index of the next item, as far as indices are told apart
 * @param place what was read last
 * @param blanks the white space read here
 */
record ArrayState(ArrayFrame frame, Core core, int index, Place place, int blanks) implements State {

    /** What was read last. */
    enum Place {
        OPENED,
        ITEM,
        COMMA
    }

    /** The state behind the opening bracket. */
    static ArrayState open(ArrayFrame frame) {
        return new ArrayState(frame, frame.start(), 0, Place.OPENED, 0);
    }

    @Override
    public void moves(int symbol, Moves moves) {
        synchronized (frame.language()) {
            frame.language().deadline().start();
            if (Blanks.isBlank(symbol)) {
                int more = Blanks.more(blanks, frame.language().whiteSpace());
                if (more != Blanks.NONE) {
                    moves.stay(new ArrayState(frame, core, index, place, more));
                }
            } else if (symbol == ']') {
                int result = place == Place.COMMA ? -1 : frame.result(core);
                if (result >= 0) {
                    moves.stay(EndState.of(result));
                }
            } else if (place != Place.ITEM) {
                Child child = frame.live(core, index);
                if (child != null) {
                    moves.push(frame.language().value(child.goal()), new ItemState(frame, child, frame.next(index)));
                }
            } else if (symbol == ',' && frame.live(core, index) != null) {
                moves.stay(new ArrayState(frame, core, index, Place.COMMA, 0));
            }
        }
    }

    @Override
    public int[] results() {
        return NO_RESULTS;
    }

    @Override
    public void resume(int result, Moves moves) {}

    private Reach reach() {
        synchronized (frame.language()) {
            frame.language().deadline().start();
            if (place == Place.ITEM) {
                return frame.reach(core, index);
            }
            Reach reach = frame.reachItem(core, index);
            int now = place == Place.OPENED ? frame.result(core) : -1;
            return now < 0 ? reach : reach.or(now, 1);
        }
    }

    @Override
    public int[] goal() {
        return reach().results();
    }

    @Override
    public int distance(int result) {
        return reach().to(result);
    }

    @Override
    public State within(int bytes) {
        int far = frame.within(index, bytes);
        return far == index ? this : new ArrayState(frame, core, far, place, blanks);
    }

    @Override
    public Object key() {
        return frame.isFree()
                ? new FreeKey("array " + place, frame.language().whiteSpace(), blanks, UsedKeys.NONE, "")
                : this;
    }
}
