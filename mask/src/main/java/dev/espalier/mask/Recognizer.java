package dev.espalier.mask;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.error.LimitExceededException;
import java.util.BitSet;

/**
 * Reads a text byte by byte, without a vocabulary: does the language have it, and if not, where does it leave the
 * language? For one thread at a time.
 */
public final class Recognizer {

    private final Stepper stepper;
    private StackSet current;
    private long position;

    /** A recognizer at the beginning of a text. */
    public Recognizer(PushdownAutomaton automaton, Limits limits) {
        this.stepper = new Stepper(limits);
        this.current = StackSet.of(automaton.start());
    }

    /**
     * Reads bytes until one is refused.
     *
     * @return how many were read: all of them, or the offset of the first that no sentence has there. After a refusal the
     *     recognizer stands before the refused byte.
     * @throws LimitExceededException past {@code maxStepItems} of permutations and schemas
     */
    public int read(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            StackSet next = stepper.step(current, bytes[i] & 0xff);
            if (next.isEmpty()) {
                return i;
            }
            current = next;
            position++;
        }
        return bytes.length;
    }

    /** The bytes that may come next, each 0 to 255. Cost: 256 steps. */
    public BitSet allowedBytes() {
        BitSet allowed = new BitSet(256);
        for (int symbol = 0; symbol < 256; symbol++) {
            allowed.set(symbol, !stepper.step(current, symbol).isEmpty());
        }
        return allowed;
    }

    /** Whether what was read is a sentence. */
    public boolean isAccepting() {
        return stepper.results(current).length > 0;
    }

    /** The bytes read so far. */
    public long position() {
        return position;
    }
}
