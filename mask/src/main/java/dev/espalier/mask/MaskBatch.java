// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.token.TokenMask;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * A maker of the masks of many sequences at once, as an inference engine needs them before a step of its batch. Each row is made on one
 * thread, the rows on several. Masks are bit for bit those of {@link Matcher#mask()}.
 *
 * <p>The calling thread works, too. Threads of the executor are asked one after another, each by the one before, so that a
 * batch whose masks are all at hand wakes one of them at most; an executor that is full, or runs nothing, costs time and
 * nothing else. No thread is started and none is kept. Any executor will do: a pool, one that starts a virtual thread for
 * each task, {@code Runnable::run}. The caller may be a virtual thread.
 *
 * <p>Thread-safe; calls at the same time share nothing but the executor. A matcher still belongs to one caller at a time,
 * and to this object during a call.
 *
 * <pre>{@code
 * MaskBatch batch = new MaskBatch(executor, 8);
 * ByteBuffer bits = ByteBuffer.allocateDirect(8 * slots * words).order(ByteOrder.LITTLE_ENDIAN);
 * for (MaskBatch.Failure failure : batch.fill(running, slotsOfRunning, bits.asLongBuffer(), words)) {
 *     end(running.get(failure.index()), failure.cause()); // its row allows nothing
 * }
 * }</pre>
 */
@FastPath(oracle = "MaskBatchTest")
public final class MaskBatch {

    private final Executor executor;
    private final int threads;

    /**
     * A maker of masks on an executor.
     *
     * @param executor runs the parts that other threads than the caller's do; stays the user's
     * @param threads how many threads work at a batch at most, the caller's included
     * @throws InvalidInputException if {@code threads} is less than 1
     */
    public MaskBatch(Executor executor, int threads) {
        Objects.requireNonNull(executor, "executor");
        if (threads < 1) {
            throw new InvalidInputException("a batch needs at least 1 thread, not " + threads);
        }
        this.executor = executor;
        this.threads = threads;
    }

    /**
     * The reason why a sequence of a batch got no mask.
     *
     * @param index the sequence's index in the list of matchers
     * @param cause what {@link Matcher#mask()} threw: an {@link EspalierException}, unless a frame of the user's own is broken
     */
    public record Failure(int index, RuntimeException cause) {}

    /**
     * Writes the mask of matcher {@code i} to row {@code i}; as {@link #fill(List, int[], LongBuffer, int)}.
     *
     * @throws InvalidInputException as there
     */
    public List<Failure> fill(List<Matcher> matchers, LongBuffer target, int stride) {
        Objects.requireNonNull(matchers, "matchers");
        int[] rows = new int[matchers.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i;
        }
        return fill(matchers, rows, target, stride);
    }

    /**
     * Writes masks as rows of bits: bit {@code t % 64} of word {@code row * stride + t / 64} is token {@code t}. In
     * little-endian order this is also bit {@code t % 32} of 32-bit word {@code 2 * row * stride + t / 32}, as kernels on
     * devices have it. Bits of a row past the vocabulary are cleared; rows that no matcher is named for stay as they are.
     *
     * <p>One sequence fails alone: its row is cleared, so that it allows no token, its matcher stays as it was, and all
     * others get their masks. An interrupt of the caller, still set afterwards, ends the masks that are not made yet: each fails with
     * a {@link dev.espalier.core.error.CancelledException}.
     *
     * @param matchers the sequences, each once; their vocabularies may differ
     * @param rows the row of each matcher, each once
     * @param target receives the words, from its index 0 on whatever its position; an array wrapped, or memory outside the
     *     heap
     * @param stride the words from one row to the next: at least {@link TokenMask#words()}
     * @return the sequences that failed, by index; empty as a rule
     * @throws InvalidInputException if a matcher or a row is named twice, or a row is too short for a vocabulary or not
     *     within the target; nothing is written then
     */
    public List<Failure> fill(List<Matcher> matchers, int[] rows, LongBuffer target, int stride) {
        return fill(matchers, rows, target, stride, Matcher::mask);
    }

    /**
     * As {@link #fill(List, int[], LongBuffer, int)}, with masks of budgets: {@link Matcher#mask(int)}.
     *
     * @param remaining by matcher, how many more tokens there may be, the next one included, an end token not counted
     * @throws InvalidInputException as there, or if there are not as many budgets as matchers
     */
    public List<Failure> fill(List<Matcher> matchers, int[] remaining, int[] rows, LongBuffer target, int stride) {
        Objects.requireNonNull(remaining, "remaining");
        int[] budgets = remaining.clone();
        if (budgets.length != matchers.size()) {
            throw new InvalidInputException(matchers.size() + " matchers cannot have " + budgets.length + " budgets");
        }
        Map<Matcher, Integer> byMatcher = new IdentityHashMap<>();
        for (int i = 0; i < budgets.length; i++) {
            byMatcher.put(matchers.get(i), budgets[i]);
        }
        return fill(
                matchers,
                rows,
                target,
                stride,
                (matcher, cancellation) -> matcher.mask(byMatcher.getOrDefault(matcher, 0), cancellation));
    }

    private List<Failure> fill(
            List<Matcher> matchers,
            int[] rows,
            LongBuffer target,
            int stride,
            BiFunction<Matcher, Cancellation, TokenMask> making) {
        Objects.requireNonNull(matchers, "matchers");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(target, "target");
        List<Matcher> distinct = distinct(matchers);
        check(distinct, rows, target, stride);
        return run(distinct.size(), new MaskBatchRun.Row() {
            @Override
            public void make(int index, Cancellation cancellation) {
                TokenMask mask = making.apply(distinct.get(index), cancellation);
                mask.copyTo(target, rows[index] * stride, stride);
            }

            @Override
            public void refuse(int index) {
                TokenMask.none(0).copyTo(target, rows[index] * stride, stride);
            }
        });
    }

    /**
     * As {@link #fill(List, int[], int[], LongBuffer, int)}, with rows of 32-bit words: bit {@code t % 32} of word {@code row * stride + t / 32} is token {@code t}.
     *
     * @param remaining by matcher, how many more tokens there may be
     * @param target receives row {@code i} of matcher {@code i}
     * @param stride the words from one row to the next
     * @throws InvalidInputException as there
     */
    public List<Failure> fill(List<Matcher> matchers, int[] remaining, int[] target, int stride) {
        Objects.requireNonNull(matchers, "matchers");
        Objects.requireNonNull(remaining, "remaining");
        Objects.requireNonNull(target, "target");
        List<Matcher> distinct = distinct(matchers);
        int[] budgets = remaining.clone();
        int widest = distinct.stream()
                .mapToInt(matcher -> (matcher.grammar().vocabulary().size() + 31) >>> 5)
                .max()
                .orElse(0);
        if (budgets.length != distinct.size()) {
            throw new InvalidInputException(distinct.size() + " matchers cannot have " + budgets.length + " budgets");
        }
        if (stride < widest || (long) stride * budgets.length > target.length) {
            throw new InvalidInputException(budgets.length + " rows of " + stride + " words of 32 bits do not fit in "
                    + target.length + " words, or are shorter than masks, which have " + widest);
        }
        return run(distinct.size(), new MaskBatchRun.Row() {
            @Override
            public void make(int index, Cancellation cancellation) {
                distinct.get(index).mask(budgets[index], cancellation).copyTo(target, index * stride, stride);
            }

            @Override
            public void refuse(int index) {
                Arrays.fill(target, index * stride, (index + 1) * stride, 0);
            }
        });
    }

    /**
     * The masks themselves, shared and immutable, without a copy of their bits; where a sequence fails, the empty mask.
     * Failures as in {@link #fill(List, int[], LongBuffer, int)}.
     *
     * @param matchers the sequences, each once
     * @param target receives the mask of matcher {@code i} at index {@code i}
     * @return the sequences that failed, by index; empty as a rule
     * @throws InvalidInputException if a matcher is named twice, or the target has fewer places
     */
    public List<Failure> masks(List<Matcher> matchers, TokenMask[] target) {
        Objects.requireNonNull(matchers, "matchers");
        Objects.requireNonNull(target, "target");
        List<Matcher> distinct = distinct(matchers);
        if (target.length < distinct.size()) {
            throw new InvalidInputException(distinct.size() + " masks do not fit in " + target.length + " places");
        }
        return run(distinct.size(), new MaskBatchRun.Row() {
            @Override
            public void make(int index, Cancellation cancellation) {
                target[index] = distinct.get(index).mask(cancellation);
            }

            @Override
            public void refuse(int index) {
                target[index] = TokenMask.none(
                        distinct.get(index).grammar().vocabulary().size());
            }
        });
    }

    /**
     * Reads one token by each sequence.
     *
     * @param matchers the sequences, each once
     * @param tokens by matcher, its token
     * @return the sequences that refused theirs or failed, by index, each where it was; empty as a rule
     * @throws InvalidInputException if a matcher is named twice, or there are not as many tokens
     */
    public List<Failure> accept(List<Matcher> matchers, int[] tokens) {
        Objects.requireNonNull(matchers, "matchers");
        int[] read = tokens.clone();
        List<Matcher> distinct = distinct(matchers);
        if (read.length != distinct.size()) {
            throw new InvalidInputException(distinct.size() + " matchers cannot read " + read.length + " tokens");
        }
        return run(distinct.size(), new MaskBatchRun.Row() {
            @Override
            public void make(int index, Cancellation cancellation) {
                distinct.get(index).accept(read[index]);
            }

            @Override
            public void refuse(int index) {}
        });
    }

    private List<Failure> run(int count, MaskBatchRun.Row row) {
        return new MaskBatchRun(count, row, executor, threads).run();
    }

    /** The matchers, copied so that the list may change meanwhile, and checked to be distinct. */
    private static List<Matcher> distinct(List<Matcher> matchers) {
        List<Matcher> copy = List.copyOf(matchers);
        Set<Matcher> seen = Collections.newSetFromMap(new IdentityHashMap<>(2 * copy.size()));
        for (int i = 0; i < copy.size(); i++) {
            if (!seen.add(copy.get(i))) {
                throw new InvalidInputException("the matcher at index " + i
                        + " is in the batch twice; a sequence that goes two ways is forked first");
            }
        }
        return copy;
    }

    private static void check(List<Matcher> matchers, int[] rows, LongBuffer target, int stride) {
        if (rows.length != matchers.size()) {
            throw new InvalidInputException(matchers.size() + " matchers cannot have " + rows.length + " rows");
        }
        BitSet named = new BitSet();
        for (int i = 0; i < rows.length; i++) {
            int words = (matchers.get(i).grammar().vocabulary().size() + 63) >>> 6;
            if (stride < words) {
                throw new InvalidInputException(
                        "matcher " + i + " needs rows of " + words + " words, not of " + stride);
            }
            if (rows[i] < 0 || (rows[i] + 1L) * stride > target.limit()) {
                throw new InvalidInputException(
                        "row " + rows[i] + " of " + stride + " words is not within " + target.limit() + " words");
            }
            if (named.get(rows[i])) {
                throw new InvalidInputException("row " + rows[i] + " is named twice");
            }
            named.set(rows[i]);
        }
    }
}
