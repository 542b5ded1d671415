// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.languages;

import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.grammar.gbnf.GbnfReader;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.Matcher;
import java.lang.ref.Reference;
import java.util.Map;

/** One text is read once, token by token, with caches that are empty at first: a mask, then the token. One thread. */
final class TextReading {

    /** In so many parts of equal length figures are kept. */
    static final int PARTS = 10;

    private final int[] tokens;
    private final Cancellation stop;
    private final long deadline;

    final CompiledGrammar grammar;

    /** Mask and commit of each token that was read. */
    final long[] nanos;

    /** Trie nodes that were visited, and bytes that the thread allocated, by part. */
    final long[] nodes = new long[PARTS];

    final long[] allocated = new long[PARTS];
    long compileNanos;

    /** From the grammar's text to the first mask. */
    long firstMaskNanos;

    /** Trie nodes of the mask that visited the most. */
    long mostNodes;

    /** What is held on the heap after half of the tokens: the grammar, its caches and the matcher; and what more at the end. */
    long heapFirstHalf;

    long heapSecondHalf;

    /** How many tokens were allowed. */
    int read;

    /** Whether all were, and the text may end there. */
    boolean complete;

    private TextReading(int[] tokens, CompiledGrammar grammar, Cancellation stop, long deadline) {
        this.tokens = tokens;
        this.nanos = new long[tokens.length];
        this.grammar = grammar;
        this.stop = stop;
        this.deadline = deadline;
    }

    /**
     * Compiles a grammar and reads a text.
     *
     * @param withHeap whether the heap is measured before, in the middle and at the end, by collections
     * @param seconds after so many it is given up
     * @throws dev.espalier.core.error.EspalierException as compilers and matchers throw
     */
    static TextReading of(
            GrammarCompiler compiler, String gbnf, int[] tokens, boolean withHeap, int seconds, Cancellation stop) {
        long before = withHeap ? JavaMachine.liveHeap() : 0;
        long start = System.nanoTime();
        WorkBudget budget = new WorkBudget(compiler.limits(), stop);
        CompiledGrammar grammar = compiler.compile(new GbnfReader().read(gbnf, budget), Map.of(), stop);
        TextReading reading = new TextReading(tokens, grammar, stop, start + seconds * 1_000_000_000L);
        reading.compileNanos = System.nanoTime() - start;
        reading.run(start, before, withHeap);
        return reading;
    }

    private void run(long start, long heapBefore, boolean withHeap) {
        Matcher matcher = grammar.matcher();
        matcher.mask();
        firstMaskNanos = System.nanoTime() - start;
        count(matcher, 0);
        boolean alive = true;
        for (int part = 0; part < PARTS && alive; part++) {
            long bytes = JavaMachine.allocatedBytes();
            alive = part(matcher, part);
            allocated[part] = JavaMachine.allocatedBytes() - bytes;
            if (withHeap && part == PARTS / 2 - 1) {
                heapFirstHalf = JavaMachine.liveHeap() - heapBefore;
            }
        }
        heapSecondHalf = withHeap ? JavaMachine.liveHeap() - heapBefore - heapFirstHalf : 0;
        complete = alive && matcher.isAccepting();
        Reference.reachabilityFence(matcher);
    }

    /** Reads a tenth of the tokens; false if one is refused. */
    private boolean part(Matcher matcher, int part) {
        int end = (int) ((long) tokens.length * (part + 1) / PARTS);
        while (read < end) {
            if (stop.isRequested()) {
                throw new CancelledException("stopped at token " + read);
            }
            long before = System.nanoTime();
            if (before - deadline > 0) {
                throw new CompileTimeoutException(
                        "past the time for one reading at token " + read + " of " + tokens.length);
            }
            boolean allowed = matcher.mask().allows(tokens[read]);
            if (!allowed) {
                return false;
            }
            matcher.accept(tokens[read]);
            nanos[read++] = System.nanoTime() - before;
            count(matcher, part);
        }
        return true;
    }

    private void count(Matcher matcher, int part) {
        long visited = matcher.lastStats().visited();
        nodes[part] += visited;
        mostNodes = Math.max(mostNodes, visited);
    }
}
