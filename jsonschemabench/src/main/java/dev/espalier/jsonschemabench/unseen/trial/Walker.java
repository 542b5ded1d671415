// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.unseen.input.Dice;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes and reads texts token by token: takes the times of masks, with and without a budget, and interrupts some. One thread. */
final class Walker {

    private static final int PROBE = 4;
    private static final int INTERRUPT = 12;
    private static final long WORTH_INTERRUPTING_NANOS = 30_000_000;
    private static final int LONGEST_END = 150;
    private static final int MASKED = 8;
    /** Distances are told no further than to the largest number of 32 bits. */
    private static final int MOST_BYTES = 1 << 30;

    private static final long SLOW_BUDGET_NANOS = 20_000_000;
    /** No more masks under a budget are asked for when those of one input took so long. */
    private static final long BUDGET_NANOS = 300_000_000;

    private static final int SLOW_BUDGET_TIMES = 10;

    private final Tokens tokens;
    private final Watch watch;
    private final TrialRecord record;
    private final long allowed;
    private final BooleanSupplier isExact;
    private @Nullable Matcher current;
    private long last;
    private long budgetNanos;

    /** @param isExact whether every keyword is enforced while a text is written; asked where it seems not to be */
    Walker(Tokens tokens, Watch watch, TrialRecord record, long allowed, BooleanSupplier isExact) {
        this.tokens = tokens;
        this.watch = watch;
        this.record = record;
        this.allowed = allowed;
        this.isExact = isExact;
    }

    /** What was read of the last text. */
    String text() {
        Matcher matcher = current;
        return matcher == null ? "" : text(matcher);
    }

    private String text(Matcher matcher) {
        return new String(tokens.vocabulary().decode(matcher.tokens()), StandardCharsets.UTF_8);
    }

    /** Nanoseconds of a first mask. */
    long firstMask(Matcher matcher) {
        current = matcher;
        timed("mask", matcher::mask);
        return last;
    }

    /** Runs a step under the watch; its processor time is in {@link #last} then. */
    private <T> T timed(String name, Supplier<T> work) {
        Watch.Step step = watch.begin(name, allowed, null);
        long before = JavaMachine.processorNanos();
        try {
            return work.get();
        } catch (CancelledException e) {
            if (step.isOverrun()) {
                overrun(step);
            }
            throw e;
        } finally {
            last = JavaMachine.processorNanos() - before;
            watch.end();
            if (step.isOverrun()) {
                overrun(step);
            }
        }
    }

    private void overrun(Watch.Step step) {
        Thread.interrupted();
        record.fault(Fault.Kind.OVERRUN, step.name(), step.place(), Watch.PAST, text());
        throw new Trial.TrialOver();
    }

    /** Asks for a mask of a thread that is interrupted: it ends within 100 ms, with the mask or without. */
    private void interrupted(String what, Supplier<TokenMask> mask) {
        record.stopped();
        Watch.Step step = watch.beginTimed("interrupted " + what, allowed);
        long before = JavaMachine.processorNanos();
        try {
            Thread.currentThread().interrupt();
            TokenMask unused = mask.get();
        } catch (CancelledException expected) {
            return;
        } finally {
            watch.end();
            Thread.interrupted();
            last = JavaMachine.processorNanos() - before;
            if (last > Watch.SLACK_NANOS) {
                record.fault(
                        Fault.Kind.UNSTOPPABLE,
                        what,
                        step.place(),
                        "interrupted, it took " + last / 1_000_000 + " ms",
                        text());
            }
        }
    }

    /** Writes a text that seeks length, then ends it the shortest way; empty if it has no end that is near. */
    Optional<String> free(Matcher matcher, int most, BooleanSupplier goesOn, Dice dice) {
        current = matcher;
        long longest = 0;
        for (int i = 0; i < most && goesOn.getAsBoolean(); i++) {
            long interruptedNanos = 0;
            if (dice.once(longest > WORTH_INTERRUPTING_NANOS ? 2 : INTERRUPT)) {
                interrupted("mask", () -> matcher.fork().mask());
                interruptedNanos = last;
            }
            TokenMask mask = timed("mask", matcher::mask);
            long masked = Math.max(last, interruptedNanos);
            longest = Math.max(longest, masked);
            if (mask.isEmpty()) {
                break;
            }
            if (dice.once(PROBE) && budgetNanos < BUDGET_NANOS) {
                probe(matcher, mask, masked, dice);
            }
            int id = tokens.seeker().next(mask, matcher.tokens(), dice);
            if (tokens.vocabulary().isEnd(id)) {
                break;
            }
            String before = masked > 1_000_000 ? text(matcher) : "";
            commit(matcher, id, mask);
            if (record.step(masked + last) && !before.isEmpty()) {
                record.longestAt(before);
            }
        }
        return ended(matcher);
    }

    private void commit(Matcher matcher, int id, TokenMask mask) {
        if (isWrong(mask, matcher, id)) {
            throw new Trial.TrialOver();
        }
        accept(matcher, id);
    }

    /** Whether a mask says of a token what the matcher does not, which is noted. */
    private boolean isWrong(TokenMask mask, Matcher matcher, int id) {
        boolean allowedHere = timed("allows", () -> matcher.allows(id));
        if (allowedHere != mask.allows(id)) {
            String detail = "token " + id + " is " + (allowedHere ? "missing" : "allowed");
            record.fault(Fault.Kind.WRONG_MASK, "mask", "", detail, text());
        }
        return allowedHere != mask.allows(id);
    }

    private void accept(Matcher matcher, int id) {
        timed("commit", () -> {
            matcher.accept(id);
            return id;
        });
    }

    /** A mask under a budget beside the plain one: it may have no token more, and cost not many times as much. */
    private void probe(Matcher matcher, TokenMask mask, long plain, Dice dice) {
        int distance = timed("distance", matcher::leastBytesToEnd);
        if (distance > MOST_BYTES) {
            return;
        }
        int remaining = (int) Math.min(Integer.MAX_VALUE, distance + (long) dice.magnitude(1, 100));
        TokenMask less;
        long interruptedNanos = 0;
        try {
            if (dice.once(3)) {
                interrupted("budgeted mask", () -> matcher.fork().mask(remaining));
                interruptedNanos = last;
            }
            less = timed("budgeted mask", () -> matcher.mask(remaining));
        } catch (EspalierException e) {
            lateInBudget(e);
            return;
        } finally {
            budgetNanos += last + interruptedNanos;
        }
        long nanos = Math.max(last, interruptedNanos);
        if (matcher.lastStats().undecided() > 0) {
            record.undecided();
        }
        record.budgeted(nanos, plain);
        if (nanos > SLOW_BUDGET_NANOS && nanos > SLOW_BUDGET_TIMES * plain) {
            String detail = nanos / 1000 + " µs under a budget of " + remaining + ", " + plain / 1000 + " µs without";
            record.fault(Fault.Kind.SLOW_BUDGET, "budgeted mask", "", detail, text());
        }
        if (!less.isEmpty()) {
            int id = tokens.seeker().next(less, dice);
            if (!mask.allows(id)) {
                String detail = "token " + id + " is allowed under a budget of " + remaining + ", but not without";
                record.fault(Fault.Kind.WRONG_MASK, "budgeted mask", "", detail, text());
            }
        }
    }

    /** An error under a budget: the matcher stays as it was, so that the text goes on without one. */
    private void lateInBudget(EspalierException error) {
        budgetNanos = BUDGET_NANOS;
        record.fault(error, " under a budget", text());
    }

    /** Ends a text the shortest way, byte by byte; empty if that is long. */
    private Optional<String> ended(Matcher matcher) {
        int distance = timed("distance", matcher::leastBytesToEnd);
        if (distance > LONGEST_END) {
            return Optional.empty();
        }
        while (!timed("end", matcher::isAccepting)) {
            int now = distance;
            int id = nearer(matcher, now);
            if (id < 0 && !isExact.getAsBoolean()) {
                return Optional.empty();
            } else if (id < 0) {
                String detail = "no byte leads nearer to the end, " + now + " bytes away";
                record.fault(Fault.Kind.WRONG_MASK, "distance", "", detail, text());
                return Optional.empty();
            }
            accept(matcher, id);
            distance = timed("distance", matcher::leastBytesToEnd);
        }
        return Optional.of(text(matcher));
    }

    /** A token of one byte after which the end is nearer; -1 if there is none. */
    private int nearer(Matcher matcher, int distance) {
        for (int id : tokens.single()) {
            if (timed("allows", () -> matcher.allows(id))) {
                Matcher after = matcher.fork();
                accept(after, id);
                if (timed("distance", after::leastBytesToEnd) < distance) {
                    return id;
                }
            }
        }
        return -1;
    }

    /** Writes a text of at most so and so many tokens. */
    Optional<String> bound(Matcher matcher, Dice dice) {
        current = matcher;
        int distance = timed("distance", matcher::leastBytesToEnd);
        if (distance > LONGEST_END) {
            return Optional.empty();
        }
        int left = distance + dice.magnitude(1, 60);
        while (left > 0 && budgetNanos < BUDGET_NANOS) {
            int remaining = left--;
            TokenMask mask;
            try {
                mask = timed("budgeted mask", () -> matcher.mask(remaining));
            } catch (EspalierException e) {
                lateInBudget(e);
                return Optional.empty();
            } finally {
                budgetNanos += last;
            }
            if (mask.isEmpty()) {
                break;
            }
            int id = tokens.seeker().next(mask, dice);
            if (tokens.vocabulary().isEnd(id)) {
                break;
            }
            accept(matcher, id);
        }
        if (left > 0) {
            return ended(matcher);
        }
        if (!matcher.isAccepting()) {
            record.fault(Fault.Kind.WRONG_MASK, "budgeted text", "", "it does not end within its budget", text());
            return Optional.empty();
        }
        return Optional.of(text(matcher));
    }

    /** Reads the beginning of a text with a mask at each token. */
    void replay(Matcher matcher, String text) {
        current = matcher;
        for (int id : tokens.cutter().cut(text)) {
            interrupted("mask", () -> matcher.fork().mask());
            long interruptedNanos = last;
            TokenMask mask = timed("mask", matcher::mask);
            long masked = Math.max(interruptedNanos, last);
            probe(matcher, mask, masked, Dice.of(id, 0));
            if (!timed("allows", () -> matcher.allows(id))) {
                return;
            }
            commit(matcher, id, mask);
            record.step(masked + last);
        }
        interrupted("mask", () -> matcher.fork().mask());
        timed("mask", matcher::mask);
    }

    /** Whether a whole text is in the language; empty if it cannot be cut into tokens. */
    Optional<Boolean> reads(Matcher matcher, String text, Dice dice) {
        current = matcher;
        List<Integer> cut = tokens.cutter().cut(text);
        for (int id : cut) {
            if (dice.once(MASKED)) {
                TokenMask mask = timed("mask", matcher::mask);
                boolean unused = isWrong(mask, matcher, id);
            }
            if (!timed("allows", () -> matcher.allows(id))) {
                return Optional.of(false);
            }
            accept(matcher, id);
        }
        boolean whole = tokens.vocabulary()
                        .decode(cut.stream().mapToInt(Integer::intValue).toArray())
                        .length
                == text.getBytes(StandardCharsets.UTF_8).length;
        return whole ? Optional.of(timed("end", matcher::isAccepting)) : Optional.empty();
    }
}
