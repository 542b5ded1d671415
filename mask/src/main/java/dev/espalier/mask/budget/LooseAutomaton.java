// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.budget;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.BudgetView;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.frame.LazyAutomaton;
import dev.espalier.mask.frame.PlainTextProof;
import java.util.Arrays;

/**
 * An automaton over sets of stacks that are exact until there is something to forget, and {@linkplain Stepper#relaxed relaxed} from
 * there on, so that a text visits few sets whatever its keys. A positive number is a code of the exact automaton, a negative one that
 * of the relaxed one with its sign changed. One thread.
 */
@FastPath(oracle = "LeastTokensTest")
final class LooseAutomaton {

    /** The number of the empty set. */
    static final int DEAD = LazyAutomaton.DEAD;

    private static final byte UNKNOWN = 0;
    private static final byte EXACT = 1;
    private static final byte RELAXED = 2;
    private static final byte MOVED = 1;
    private static final byte SETTLED = 2;

    private final LazyAutomaton exact;
    private final LazyAutomaton relaxed;
    private final Stepper stepper;
    private final PlainTextProof exactText;
    private final PlainTextProof relaxedText;
    private byte[] kinds = new byte[64];
    /** By number, whether plain text leads back to it. */
    private byte[] settled = new byte[64];

    LooseAutomaton(LazyAutomaton exact, LazyAutomaton relaxed, Stepper stepper) {
        this.exact = exact;
        this.relaxed = relaxed;
        this.stepper = stepper;
        this.exactText = new PlainTextProof(exact, null);
        this.relaxedText = new PlainTextProof(relaxed, null);
    }

    /** To be called when the numbers of an automaton became invalid. */
    void clear() {
        kinds = new byte[64];
        settled = new byte[64];
    }

    /** The number of the set of a code of the exact automaton. */
    int of(int code) {
        if (code == DEAD) {
            return code;
        }
        int state = code >> 1;
        if (state >= kinds.length) {
            kinds = Arrays.copyOf(kinds, Math.max(state + 1, 2 * kinds.length));
        }
        if (kinds[state] == UNKNOWN) {
            StackSet set = exact.set(code);
            kinds[state] = stepper.relaxed(set).equals(set) ? EXACT : RELAXED;
        }
        return kinds[state] == EXACT ? code : -relaxed.of(exact.set(code));
    }

    /** The number of a set, reached through exact sets or through relaxed ones. */
    int of(StackSet set, boolean isExact) {
        return isExact ? of(exact.of(set)) : signed(relaxed.of(set));
    }

    private static int signed(int relaxedCode) {
        return relaxedCode == DEAD ? DEAD : -relaxedCode;
    }

    /** True if nothing was forgotten on the way to a number. */
    static boolean isExact(int number) {
        return number > 0;
    }

    /** The number after a byte; {@link #DEAD} when it is dead. */
    int next(int number, int symbol) {
        return number < 0 ? signed(relaxed.next(-number, symbol)) : of(exact.next(number, symbol));
    }

    /** The number once a token has ended at a number; not for {@link #DEAD}. */
    int afterToken(int number) {
        StackSet set = set(number);
        StackSet after = stepper.afterToken(set);
        return after == set ? number : of(after, isExact(number));
    }

    /** As {@link #next}, but also {@link #DEAD}, and not cached, if the end is more than {@code most} symbols away. */
    int nextWithin(int number, int symbol, long most) {
        return number < 0
                ? signed(relaxed.nextWithin(-number, symbol, most))
                : of(exact.nextWithin(number, symbol, most));
    }

    /** True if the text may end at a number; not for {@link #DEAD}. */
    boolean mayEnd(int number) {
        return (Math.abs(number) & 1) != 0;
    }

    /** The least number of symbols until the text may end. */
    int distance(int number) {
        return number < 0 ? relaxed.distance(-number) : exact.distance(number);
    }

    /** The set of a number. */
    StackSet set(int number) {
        return number < 0 ? relaxed.set(-number) : exact.set(number);
    }

    /** Bytes that may be live: all others are dead. */
    ByteSet readable(int number) {
        return number < 0 ? relaxed.readable(-number) : exact.readable(number);
    }

    /**
     * True if all plain text of whole characters is known to lead back to a set. Checked only if some character does.
     *
     * @param before where the character before was read
     */
    boolean isUnmovedByPlainText(int number, int before) {
        int index = index(number);
        if (index >= settled.length) {
            settled = Arrays.copyOf(settled, Math.max(index + 1, 2 * settled.length));
        }
        if (settled[index] == UNKNOWN && number == before) {
            boolean isSettled = number < 0 ? relaxedText.findSettled(-number) : exactText.findSettled(number);
            settled[index] = isSettled ? SETTLED : MOVED;
        }
        return settled[index] == SETTLED;
    }

    /** True if a symbol may end what the relaxed states of a set forget, such as a key. */
    boolean endsForgotten(int number, int symbol) {
        StackSet set = set(number);
        for (int i = 0; i < set.size(); i++) {
            BudgetView view = set.top(i).budgetView();
            if (view != null && view.endsForgotten(symbol)) {
                return true;
            }
        }
        return false;
    }

    /** True if nothing that relaxing an exact set forgets matters before its first end ({@link BudgetView#isApart}). */
    boolean isApart(int code) {
        StackSet set = exact.set(code);
        for (int i = 0; i < set.size(); i++) {
            BudgetView view = set.top(i).budgetView();
            if (view == null || !view.isApart()) {
                return false;
            }
        }
        return true;
    }

    /** A dense index of a number: twice the state's, plus one if it is relaxed. */
    static int index(int number) {
        return number < 0 ? (-number >> 1 << 1) + 1 : number >> 1 << 1;
    }
}
