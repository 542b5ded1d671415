// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hard;

import dev.espalier.core.Cancellation;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.hard.HardResult.End;
import dev.espalier.jsonschemabench.judge.Obstacles;
import dev.espalier.jsonschemabench.run.JavaMachine;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Reason;
import dev.espalier.jsonschemabench.run.TokenSteps;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a case's texts several times: each time with a grammar that is compiled anew and an empty store, after one time that is
 * not counted; then again with the last of these grammars, whose masks are known by then. One thread, and no other in the
 * process, for the heap.
 */
final class HardTrial {

    private final HardCase source;
    private final HardBench bench;
    private final Cancellation stop;
    private final List<TokenText> texts = new ArrayList<>();

    private TokenSteps fresh = new TokenSteps();
    private TokenSteps again = new TokenSteps();
    private boolean compiles;
    private long compile = Long.MAX_VALUE;
    private long firstMask = Long.MAX_VALUE;
    private long allocated;
    private long kept;
    private long cached;
    private End end = End.READ;
    private List<Reason> reasons = List.of();

    /** A trial with the tokens, the limits and the clock of a bench; {@code stop} ends it soon. */
    HardTrial(HardCase source, HardBench bench, Cancellation stop) {
        this.source = source;
        this.bench = bench;
        this.stop = stop;
        List<String> all = new ArrayList<>(source.texts());
        all.addAll(source.anyOrderTexts());
        all.forEach(text -> texts.add(TokenText.of(text, bench.encoder(), bench.most())));
    }

    /** What became of the case; whatever is thrown becomes part of it, but for a cancellation. */
    HardResult run() {
        long collections = JavaMachine.collectionNanos();
        try {
            for (int run = 0; run <= bench.runs(); run++) {
                try (CaseCompiler compiler = new CaseCompiler(bench.vocabulary(), bench.limits())) {
                    CompiledGrammar grammar = compiled(compiler, run > 0);
                    TokenSteps steps = new TokenSteps();
                    read(grammar, steps);
                    fresh = run <= 1 ? steps : fresh.least(steps);
                    if (run == bench.runs()) {
                        cached = compiler.cacheBytes();
                        readAgain(grammar);
                        measureKept(compiler, grammar);
                    }
                }
            }
        } catch (CancelledException e) {
            throw e;
        } catch (EspalierException | StackOverflowError | OutOfMemoryError e) {
            end = compiles ? End.FAILED : End.REFUSED;
            reasons = List.of(Obstacles.reason(e));
        }
        return result(JavaMachine.collectionNanos() - collections);
    }

    private CompiledGrammar compiled(CaseCompiler compiler, boolean counted) {
        long start = bench.clock().now();
        CompiledGrammar grammar = compiler.compile(source);
        long ready = bench.clock().now();
        compiles = true;
        grammar.matcher().mask();
        long first = bench.clock().now();
        if (counted) {
            compile = Math.min(compile, ready - start);
            firstMask = Math.min(firstMask, first - start);
        }
        return grammar;
    }

    private void readAgain(CompiledGrammar grammar) {
        long bytes = 0;
        for (int run = 0; run < bench.runs(); run++) {
            TokenSteps steps = new TokenSteps();
            bytes = read(grammar, steps);
            again = run == 0 ? steps : again.least(steps);
        }
        allocated = bytes;
    }

    /** Reads all texts, as far as there is time. Answers the bytes that masks took on the heap. */
    private long read(CompiledGrammar grammar, TokenSteps steps) {
        long begun = System.nanoTime();
        long bytes = 0;
        for (TokenText text : texts) {
            Matcher matcher = grammar.matcher();
            for (int i = 0; i < text.length(); i++) {
                int token = text.tokens()[i];
                if (stop.isRequested()) {
                    throw new CancelledException("stopped at token " + i);
                }
                if (System.nanoTime() - begun > bench.nanos()) {
                    return bytes;
                }
                long heap = JavaMachine.allocatedBytes();
                long start = bench.clock().now();
                TokenMask mask = matcher.mask();
                long masked = bench.clock().now();
                bytes += JavaMachine.allocatedBytes() - heap;
                if (!mask.allows(token)) {
                    throw new InvalidInputException("token " + i + " of a text of the language is refused");
                }
                long commit = bench.clock().now();
                matcher.accept(token);
                long accepted = bench.clock().now();
                steps.add(masked - start, accepted - commit, matcher.lastStats().visited());
            }
            if (text.whole() && !matcher.isAccepting()) {
                throw new InvalidInputException("the end of a text of the language is refused");
            }
        }
        return bytes;
    }

    /** Reads all texts to their ends and measures what goes when the matchers go, the caches being empty. */
    private void measureKept(CaseCompiler compiler, CompiledGrammar grammar) {
        List<Matcher> matchers = new ArrayList<>();
        long begun = System.nanoTime();
        for (TokenText text : texts) {
            Matcher matcher = grammar.matcher();
            for (int i = 0; i < text.length() && System.nanoTime() - begun < bench.nanos(); i++) {
                matcher.accept(text.tokens()[i]);
            }
            matchers.add(matcher);
        }
        compiler.close();
        long with = JavaMachine.liveHeap();
        matchers.clear();
        kept = Math.max(0, with - JavaMachine.liveHeap());
        Reference.reachabilityFence(grammar);
    }

    private HardResult result(long collections) {
        LatencyHistogram mask = new LatencyHistogram();
        LatencyHistogram commit = new LatencyHistogram();
        LatencyHistogram known = new LatencyHistogram();
        long nodes = 0;
        for (int i = 0; i < fresh.size(); i++) {
            mask.add(fresh.mask(i));
            commit.add(fresh.commit(i));
            nodes = Math.max(nodes, fresh.visited(i));
        }
        for (int i = 0; i < again.size(); i++) {
            known.add(again.mask(i));
        }
        if (end == End.READ
                && fresh.size() < texts.stream().mapToInt(TokenText::length).sum()) {
            end = End.STOPPED;
        }
        SlowSteps slow = new SlowSteps(bench.vocabulary(), texts, fresh);
        return new HardResult(
                source.name(),
                source.title(),
                end,
                reasons,
                source.source().getBytes(StandardCharsets.UTF_8).length,
                slow.characters(),
                compile == Long.MAX_VALUE ? 0 : compile,
                compile == Long.MAX_VALUE ? 0 : firstMask,
                new HardResult.Times(mask, commit, known),
                nodes,
                again.size() == 0 ? 0 : (double) allocated / again.size(),
                kept,
                cached,
                slow.growth(),
                collections,
                slow.slowest());
    }
}
