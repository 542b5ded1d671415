// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import java.util.BitSet;

/**
 * Reads a text byte by byte, without a vocabulary: does the language have it, and if not, where does it leave the
 * language? For one thread at a time.
 */
public final class Recognizer {

    private static final int INTERNER_BITS = 10;

    private final WorkMeter meter;
    private final Stepper stepper;
    private StackSet current;
    private long position;

    /** A recognizer at the beginning of a text. */
    public Recognizer(PushdownAutomaton automaton, Limits limits) {
        this(automaton, limits, new Cancellation());
    }

    /** A recognizer at the beginning of a text, all of whose questions a switch ends. */
    public Recognizer(PushdownAutomaton automaton, Limits limits, Cancellation cancellation) {
        this.meter = WorkMeter.ofStep(limits, cancellation);
        this.stepper = new Stepper(limits, new StackInterner(INTERNER_BITS), () -> meter.spend(1));
        this.current = StackSet.of(automaton.start());
    }

    private Recognizer(Recognizer other) {
        this.meter = other.meter;
        this.stepper = other.stepper;
        this.current = other.current;
        this.position = other.position;
    }

    /** A recognizer that stands where this one does, for the same thread. Cost: constant. */
    public Recognizer fork() {
        return new Recognizer(this);
    }

    /**
     * Reads bytes until one is refused.
     *
     * @return how many were read: all of them, or the offset of the first that no sentence has there. After a refusal the
     *     recognizer stands before the refused byte.
     * @throws LimitExceededException past {@code maxCompileBytes}, or where one byte takes longer than {@code stepDeadline}; the
     *     recognizer stands before that byte
     * @throws CancelledException when cancelled, or the thread is interrupted; likewise
     */
    public int read(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            int symbol = bytes[i] & 0xff;
            meter.look();
            meter.restart();
            StackSet next = meter.run(() -> stepper.step(current, symbol));
            if (next.isEmpty()) {
                return i;
            }
            current = next;
            position++;
        }
        return bytes.length;
    }

    /** The bytes that may come next, each 0 to 255. Cost: 256 steps, under one deadline. Errors: as {@link #read}. */
    public BitSet allowedBytes() {
        meter.restart();
        return meter.run(() -> {
            BitSet allowed = new BitSet(256);
            for (int symbol = 0; symbol < 256; symbol++) {
                meter.look();
                allowed.set(symbol, !stepper.step(current, symbol).isEmpty());
            }
            return allowed;
        });
    }

    /**
     * The length in bytes of the shortest text that completes a sentence; {@link Integer#MAX_VALUE} if none does. Errors: as {@link #read}.
     */
    public int leastBytesToEnd() {
        meter.restart();
        return meter.run(() -> stepper.distance(current));
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
