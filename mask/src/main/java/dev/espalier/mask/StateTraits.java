package dev.espalier.mask;

import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.ByteString;
import dev.espalier.mask.vocabulary.PlainText;

/**
 * What can be seen of a state at a glance: with what it may end, now or later and how soon, and which bytes it may read. Equal
 * states have equal traits in every run; states that differ in them are told apart without their keys, which cannot be
 * written to files.
 */
final class StateTraits {

    private StateTraits() {}

    static ByteString of(State state) {
        CompactWriter out = new CompactWriter();
        out.numbers(state.results());
        out.numbers(state.goal());
        for (int result : state.goal()) {
            out.number(state.distance(result));
        }
        out.number(PlainText.bound(state));
        for (int from = 0; from < 256; from += 8) {
            int bits = 0;
            for (int symbol = from; symbol < from + 8; symbol++) {
                bits = bits << 1 | (Stepper.mayRead(state, symbol) ? 1 : 0);
            }
            out.number(bits);
        }
        return ByteString.of(out.toBytes());
    }
}
