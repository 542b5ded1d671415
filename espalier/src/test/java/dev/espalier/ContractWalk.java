// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.MaskBatch;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.canvas.CanvasBuilder;
import dev.espalier.mask.canvas.CanvasChart;
import dev.espalier.mask.canvas.CanvasParser;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.autoregressive.GapConstraint;
import dev.espalier.sampler.gap.Gap;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A random text of a grammar, on which every entry point of a {@link Matcher} is called, and canvases made of it. What any of them
 * throws becomes an {@link AssertionError} that names the entry point and the text.
 */
final class ContractWalk {

    /** Tokens that are preferred: they nest, end and separate. */
    private static final String STRUCTURE = "{}[]\",:\\.eE-0()";

    private static final int CANVAS_SLOTS = 24;

    /** Of canvases memory and time are spent where frames have very many states: soon, here. */
    private static final Limits LITTLE =
            Limits.DEFAULT.withMaxCompileBytes(1 << 20).withCompileDeadline(Duration.ofMillis(30));

    /** Searches for the fewest tokens may be long: half of all walks ask for them, and may end by the deadline, which is near. */
    private static final Limits HURRIED = Limits.DEFAULT.withStepDeadline(Duration.ofMillis(30));

    private final CompiledGrammar canvasGrammar;
    private final Vocabulary vocabulary;
    private final Random random;
    private final boolean isExact;
    private final boolean isHurried;
    private Matcher matcher;
    private String call = "";

    /**
     * A walk that begins.
     *
     * @param isExact whether no dead end is entered; not where something is only checked at the end
     */
    ContractWalk(Vocabulary vocabulary, PushdownAutomaton automaton, boolean isExact, Random random) {
        this.isExact = isExact;
        this.vocabulary = vocabulary;
        this.random = random;
        this.isHurried = random.nextBoolean();
        this.matcher = new GrammarCompiler(vocabulary, isHurried ? HURRIED : Limits.DEFAULT)
                .compile(automaton)
                .matcher();
        this.canvasGrammar = new GrammarCompiler(vocabulary, LITTLE).compile(automaton);
    }

    /** Reads a beginning as far as it is allowed, goes on at random, and ends the text. */
    void run(String begin, int steps) {
        try {
            text(begin, steps);
            canvasesWithinBudget();
        } catch (DeadEndException end) {
            if (isExact) {
                throw new AssertionError(where() + " threw " + end, end);
            }
        } catch (AssertionError wrong) {
            throw new AssertionError(where() + ": " + wrong.getMessage(), wrong);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
            throw new AssertionError(where() + " threw " + thrown, thrown);
        }
    }

    private void text(String begin, int steps) {
        try {
            read(begin);
            for (int step = 0; step < steps && !matcher.isTerminated(); step++) {
                ask();
                if (!step()) {
                    break;
                }
            }
            if (isHurried) {
                endByTokens();
            } else {
                endByBytes();
            }
        } catch (LimitExceededException deadline) {
            boolean isTime = List.of("stepDeadline", "wallClockFactor").contains(deadline.limit());
            if (!isHurried || !isTime) {
                throw deadline;
            }
        }
    }

    private String where() {
        String text = new String(vocabulary.decode(matcher.tokens()), StandardCharsets.UTF_8);
        return call + " after «" + text + "»";
    }

    private <T> T call(String name, Supplier<T> entryPoint) {
        call = name;
        return entryPoint.get();
    }

    private void read(String begin) {
        byte[] bytes = begin.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            int token = b & 0xFF;
            if (!call("allows", () -> matcher.allows(token))) {
                return;
            }
            accept(token);
        }
    }

    private void accept(int token) {
        call("accept", () -> {
            matcher.accept(token);
            return true;
        });
    }

    /** Calls some entry points where the text is now. */
    private void ask() {
        switch (random.nextInt(isHurried ? 12 : 9)) {
            case 0 -> follow(call("forced", () -> matcher.forced()));
            case 1 -> call("leastBytesToEnd", () -> matcher.leastBytesToEnd());
            case 2 -> call("isAccepting", () -> matcher.isAccepting());
            case 3 ->
                call("fillMask", () -> {
                    matcher.fillMask(new long[vocabulary.size() / 64 + 1]);
                    return true;
                });
            case 4 -> fork();
            case 5 -> batch();
            case 6 -> refused();
            case 7 -> back();
            case 9 -> budget(call("leastTokensToEnd", () -> matcher.leastTokensToEnd()));
            case 10 -> budget(random.nextInt(30));
            case 11 -> call("canEndWithin", () -> matcher.canEndWithin(random.nextInt(50)));
            default -> call("allows", () -> matcher.allows(random.nextInt(vocabulary.size())));
        }
    }

    private void follow(byte[] forced) {
        for (int i = 0; i < Math.min(forced.length, 20); i++) {
            accept(forced[i] & 0xFF);
        }
    }

    private void budget(int tokens) {
        boolean fits = call("canEndWithin", () -> matcher.canEndWithin(tokens));
        call("mask(" + tokens + ")", () -> {
            try {
                return matcher.mask(tokens);
            } catch (DeadEndException none) {
                assertTrue(!fits || !isExact, none.getMessage());
                return matcher.mask();
            }
        });
    }

    private void fork() {
        Matcher here = matcher;
        matcher = call("fork", here::fork);
        for (int i = 0; i < 4 && !matcher.isTerminated() && step(); i++) {
            call("leastBytesToEnd", () -> matcher.leastBytesToEnd());
        }
        matcher = here;
    }

    private void batch() {
        call("MaskBatch", () -> {
            MaskBatch batch = new MaskBatch(Runnable::run, 2);
            List<Matcher> two = List.of(matcher, matcher.fork());
            int words = vocabulary.size() / 64 + 1;
            assertEquals(List.of(), batch.fill(two, LongBuffer.allocate(2 * words), words));
            assertEquals(List.of(), batch.masks(two, new TokenMask[2]));
            return true;
        });
    }

    private void refused() {
        int token = random.nextInt(vocabulary.size());
        if (!call("allows", () -> matcher.allows(token))) {
            call("accept", () -> {
                try {
                    matcher.accept(token);
                    throw new AssertionError("read what is not allowed");
                } catch (InvalidTokenException expected) {
                    return true;
                }
            });
        }
    }

    private void back() {
        int count = Math.min(random.nextInt(4), matcher.length());
        call("rollback", () -> {
            matcher.rollback(count);
            return true;
        });
    }

    /** Reads a token that the mask allows; whether there is one. */
    private boolean step() {
        int[] allowed = call("mask", () -> matcher.mask()).ids();
        if (allowed.length == 0) {
            return false;
        }
        accept(any(allowed));
        return true;
    }

    private int any(int[] allowed) {
        int chosen = allowed[random.nextInt(allowed.length)];
        for (int tries = 0; tries < 3; tries++) {
            boolean isPlain = vocabulary.text(chosen).chars().noneMatch(c -> STRUCTURE.indexOf(c) >= 0);
            boolean isEnd = vocabulary.isEnd(chosen);
            if (isEnd || (isPlain && random.nextBoolean())) {
                chosen = allowed[random.nextInt(allowed.length)];
            }
        }
        return chosen;
    }

    /** Ends the text in as few bytes as are needed, or leaves it where that are very many. */
    private void endByBytes() {
        for (int i = 0; i < 40 && !call("isAccepting", () -> matcher.isAccepting()); i++) {
            int left = call("leastBytesToEnd", () -> matcher.leastBytesToEnd());
            int[] allowed = call("mask", () -> matcher.mask()).ids();
            int next = -1;
            for (int id : allowed) {
                if (next < 0 && id < 256 && leftAfter(id) == left - 1) {
                    next = id;
                }
            }
            assertTrue(next >= 0 || !isExact, "no byte is the first of " + left);
            if (next < 0) {
                return;
            }
            accept(next);
        }
    }

    private int leftAfter(int token) {
        Matcher after = matcher.fork();
        return call("leastBytesToEnd of " + vocabulary.text(token), () -> {
            after.accept(token);
            return after.leastBytesToEnd();
        });
    }

    /** Ends the text in as few tokens as are needed, or leaves it where that are very many. */
    private void endByTokens() {
        int least = call("leastTokensToEnd", () -> matcher.leastTokensToEnd());
        for (int left = Math.min(least, 60); left > 0 && least <= 60; left--) {
            int budget = left;
            int[] allowed =
                    call("mask(" + left + ")", () -> matcher.mask(budget)).ids();
            accept(any(allowed));
            if (matcher.isTerminated()) {
                return;
            }
        }
        assertTrue(least > 60 || matcher.isAccepting() || !isExact, "not at its end after " + least + " tokens");
    }

    private void canvasesWithinBudget() {
        try {
            canvases();
        } catch (CompileTimeoutException deadline) {
            return;
        } catch (LimitExceededException exceeded) {
            assertEquals("maxCompileBytes", exceeded.limit(), exceeded.getMessage());
        }
    }

    /** The text with gaps of every kind; where it is long, or not ended, a blank canvas. */
    private void canvases() {
        int[] tokens = Arrays.stream(matcher.tokens())
                .filter(token -> !vocabulary.isEnd(token))
                .toArray();
        boolean isWhole = matcher.isAccepting() && tokens.length <= CANVAS_SLOTS;
        Canvas canvas = isWhole ? gapped(tokens) : Canvas.blank(vocabulary, 1 + random.nextInt(6));
        CanvasParser parser =
                random.nextBoolean() ? new CanvasParser(canvasGrammar) : CanvasParser.withoutEnds(canvasGrammar);
        CanvasChart chart = call("CanvasParser.parse " + canvas, () -> parser.parse(canvas));
        assertTrue(!isWhole || chart.isCompletable() || !isExact, canvas + " is not completable");
        for (int slot = 0; slot < canvas.size(); slot++) {
            int some = slot;
            call("CanvasChart.mask " + canvas, () -> chart.mask(some));
        }
        if (isWhole) {
            gaps(tokens);
        }
    }

    private Canvas gapped(int[] tokens) {
        CanvasBuilder builder = Canvas.builder(vocabulary);
        for (int token : tokens) {
            switch (random.nextInt(8)) {
                case 0 -> builder.gap(1);
                case 1 -> builder.gap(0, 1 + random.nextInt(3));
                default -> builder.tokens(token);
            }
        }
        return builder.build();
    }

    /** One gap of the text, filled from left to right. */
    private void gaps(int[] tokens) {
        int from = random.nextInt(tokens.length + 1);
        int to = Math.min(tokens.length, from + random.nextInt(4));
        GapConstraint gaps = new GapConstraint(
                CanvasParser.withoutEnds(canvasGrammar),
                List.of(Arrays.copyOf(tokens, from), Arrays.copyOfRange(tokens, to, tokens.length)),
                List.of(new Gap(0, 4)),
                new Cancellation());
        while (gaps.gap() == 0) {
            GapConstraint.Allowed allowed = call("GapConstraint.allowed", gaps::allowed);
            int[] ids = allowed.tokens().ids();
            assertTrue(ids.length > 0 || allowed.mayEnd(), "the gap from " + from + " to " + to + " cannot be filled");
            call("GapConstraint.accept", () -> {
                if (ids.length == 0) {
                    gaps.endGap();
                } else {
                    gaps.accept(ids[random.nextInt(ids.length)]);
                }
                return true;
            });
        }
    }
}
