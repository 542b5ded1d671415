package dev.espalier.grammar;

import dev.espalier.grammar.error.CancelledException;
import dev.espalier.grammar.error.CompileTimeoutException;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;

/**
 * What one compilation may still spend: time, memory, nodes. Loops call {@link #step()} once an iteration; it
 * looks at the clock, the cancellation and the thread's interrupt flag every few hundred calls (well under a
 * millisecond of work) and throws.
 *
 * <p>Used by one thread at a time; only the {@link Cancellation} is shared.
 */
public final class WorkBudget {

    private static final int POLL = 256;

    private final Limits limits;
    private final Cancellation cancellation;
    private final long deadline;
    private final long maxBytes;
    private int untilPoll = POLL;
    private long bytes;
    private long states;

    /** A budget that starts now. */
    public WorkBudget(Limits limits, Cancellation cancellation) {
        this.limits = limits;
        this.cancellation = cancellation;
        this.maxBytes = affordable(limits);
        this.deadline = System.nanoTime() + limits.compileDeadline().toNanos();
    }

    /** A budget under the default limits that nobody cancels. */
    public static WorkBudget standard() {
        return new WorkBudget(Limits.DEFAULT, new Cancellation());
    }

    /** The limits that this budget enforces. */
    public Limits limits() {
        return limits;
    }

    /**
     * One unit of work, about a microsecond.
     *
     * @throws CompileTimeoutException past the deadline
     * @throws CancelledException when cancelled, or when the thread is interrupted (the flag stays set)
     */
    public void step() {
        if (--untilPoll <= 0) {
            poll();
        }
    }

    /** Looks at the clock and the cancellation now; throws as {@link #step()}. */
    public void poll() {
        untilPoll = POLL;
        if (cancellation.isRequested() || Thread.currentThread().isInterrupted()) {
            throw new CancelledException("the compilation was cancelled");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new CompileTimeoutException("the compilation ran past its deadline of "
                    + limits.compileDeadline().toMillis() + " ms; raise it with Limits.with(\"compileDeadline\", …)");
        }
    }

    /**
     * Accounts memory that the result keeps.
     *
     * @param count estimated bytes
     * @throws LimitExceededException past {@code maxCompileBytes}, or past a third of the heap where that is less
     */
    public void allocate(long count) {
        bytes += count;
        if (bytes > maxBytes) {
            throw new LimitExceededException("maxCompileBytes", maxBytes, bytes, Place.UNKNOWN);
        }
        step();
    }

    /**
     * Accounts automaton states.
     *
     * @throws LimitExceededException past {@code maxAutomatonStates}
     */
    public void addStates(long count) {
        states += count;
        if (states > limits.maxAutomatonStates()) {
            throw new LimitExceededException("maxAutomatonStates", limits.maxAutomatonStates(), states, Place.UNKNOWN);
        }
        step();
    }

    /**
     * Whether so much more can be accounted without passing a limit.
     *
     * @param moreBytes what {@link #allocate} would be told
     * @param moreStates what {@link #addStates} would be told
     */
    public boolean affords(long moreBytes, long moreStates) {
        return bytes + moreBytes <= maxBytes && states + moreStates <= limits.maxAutomatonStates();
    }

    /**
     * An account of states and bytes that goes on where this budget stands, for what is worked out after compilation.
     * It knows no deadline.
     */
    public Ledger ledger() {
        return new Ledger(limits, bytes, states);
    }

    /** Counts states and bytes of something that grows while it is used. Callers provide the locking. */
    public static final class Ledger {

        private final Limits limits;
        private final long maxBytes;
        private long bytes;
        private long states;

        private Ledger(Limits limits, long bytes, long states) {
            this.limits = limits;
            this.maxBytes = affordable(limits);
            this.bytes = bytes;
            this.states = states;
        }

        /** Accounts bytes; throws as {@link WorkBudget#allocate}. */
        public void allocate(long count) {
            bytes += count;
            if (bytes > maxBytes) {
                throw new LimitExceededException("maxCompileBytes", maxBytes, bytes, Place.UNKNOWN);
            }
        }

        /** Accounts states; throws as {@link WorkBudget#addStates}. */
        public void addStates(long count) {
            states += count;
            if (states > limits.maxAutomatonStates()) {
                throw new LimitExceededException(
                        "maxAutomatonStates", limits.maxAutomatonStates(), states, Place.UNKNOWN);
            }
        }
    }

    /** The limit on bytes, or a third of the heap where that is less. */
    private static long affordable(Limits limits) {
        return Math.min(limits.maxCompileBytes(), Runtime.getRuntime().maxMemory() / 3);
    }

    /** The bytes accounted so far. */
    public long allocatedBytes() {
        return bytes;
    }

    /** The states accounted so far. */
    public long states() {
        return states;
    }
}
