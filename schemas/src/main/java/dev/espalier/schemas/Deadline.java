package dev.espalier.schemas;

import dev.espalier.grammar.WorkBudget;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.Place;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Until when the work that is going on must be done. Used by whoever holds the language's monitor. */
final class Deadline {

    private static final int POLL = 128;

    private final String limit;
    private final Duration time;
    private long end;
    private int untilPoll;
    private int inside;
    private @Nullable WorkBudget compilation;

    /** A deadline that {@link #start} sets again and again. */
    Deadline(String limit, Duration time) {
        this.limit = limit;
        this.time = time;
    }

    /** The deadline of a budget. */
    Deadline(WorkBudget budget) {
        this("compileDeadline", budget.limits().compileDeadline());
        this.compilation = budget;
    }

    /** Gives one step its time; a step inside another has no time of its own. */
    void start() {
        if (inside == 0) {
            end = System.nanoTime() + time.toNanos();
        }
    }

    /** Runs the steps that are part of a step. */
    <T> T inside(Supplier<T> steps) {
        inside++;
        try {
            return steps.get();
        } finally {
            inside--;
        }
    }

    /** Lets a compilation's budget decide instead; null ends that. */
    void leaveTo(@Nullable WorkBudget budget) {
        compilation = budget;
    }

    /**
     * Before work that may take long.
     *
     * @throws LimitExceededException past the deadline
     */
    void poll() {
        untilPoll = 0;
        tick();
    }

    /**
     * One unit of work, of a microsecond or so.
     *
     * @throws LimitExceededException past the deadline
     */
    void tick() {
        if (--untilPoll <= 0) {
            untilPoll = POLL;
            if (compilation != null) {
                compilation.poll();
                return;
            }
            long over = System.nanoTime() - end;
            if (over > 0) {
                long millis = time.toMillis();
                throw new LimitExceededException(limit, millis, millis + over / 1_000_000, Place.UNKNOWN);
            }
        }
    }
}
