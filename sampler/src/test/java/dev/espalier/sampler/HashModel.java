// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.law.Choice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * A model whose law is a hash of what it has read, with integer weights: p(t | x) is known exactly. The first token of a
 * session is its prompt and takes no part in the hash.
 */
public class HashModel implements LanguageModel {

    private final Vocabulary vocabulary;
    private final int seed;
    private final Set<HashSession> open = new HashSet<>();
    public final AtomicInteger passes = new AtomicInteger();
    public final AtomicInteger tokensRead = new AtomicInteger();
    public int contextLength = 1000;
    public IntConsumer duringPass = pass -> {};
    public boolean samplesOnDevice;
    public boolean readsTreesAtOnce;
    /** Whether a pass fails that feeds a session with this number. */
    public IntPredicate failing = number -> false;

    private int opened;
    private int maxSessions = Integer.MAX_VALUE;

    public HashModel(Vocabulary vocabulary, int seed) {
        this.vocabulary = vocabulary;
        this.seed = seed;
    }

    public int openSessions() {
        return open.size();
    }

    /** The tokens of all open sessions. */
    public int tokensHeld() {
        return open.stream().mapToInt(HashSession::length).sum();
    }

    public int tokensRead() {
        return tokensRead.get();
    }

    /** From here on there is no room for more sessions than these. */
    public void limit(int sessions) {
        maxSessions = sessions;
    }

    /** From here on a pass fails that feeds a session with such a number. */
    public void fail(IntPredicate numbers) {
        failing = numbers;
    }

    /** The integer weight of a token after a context. */
    public int weight(List<Integer> context, int token) {
        int hash = step(0x811C9DC5, seed);
        for (int id : context) {
            hash = step(hash, id);
        }
        int b = step(step(step(step(hash, 0xFE), token), 0xFF), 0xFF) >>> 24;
        return 1 + (b * b >>> 6);
    }

    /** Log of the probability of some tokens, one after the other, after a context. */
    public double logProbability(List<Integer> tokens) {
        double sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            List<Integer> context = tokens.subList(0, i);
            long total = 0;
            for (int id = 0; id < vocabulary.size(); id++) {
                total += weight(context, id);
            }
            sum += Math.log((double) weight(context, tokens.get(i)) / total);
        }
        return sum;
    }

    private static int step(int hash, int value) {
        return (hash ^ (value & 0xff)) * 0x01000193;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Always the longest token that fits. */
    @Override
    public TextEncoder encoder() {
        return text -> {
            byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            List<Integer> ids = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int best = -1;
                for (int id = 0; id < vocabulary.size(); id++) {
                    byte[] token = vocabulary.bytes(id).toByteArray();
                    boolean fits = token.length > 0
                            && at + token.length <= bytes.length
                            && java.util.Arrays.equals(token, 0, token.length, bytes, at, at + token.length);
                    if (fits
                            && (best < 0
                                    || token.length > vocabulary.bytes(best).length())) {
                        best = id;
                    }
                }
                if (best < 0) {
                    return new int[0];
                }
                ids.add(best);
                at += vocabulary.bytes(best).length();
            }
            return ids.stream().mapToInt(Integer::intValue).toArray();
        };
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public Session open() {
        return new HashSession(new ArrayList<>());
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        return forwardEach(batch).stream()
                .map(rows -> rows.get(rows.size() - 1))
                .toList();
    }

    @Override
    public List<List<Logits>> forwardEach(List<Step> batch) {
        duringPass.accept(passes.incrementAndGet());
        List<List<Logits>> rows = new ArrayList<>();
        for (Step step : batch) {
            HashSession session = (HashSession) step.session();
            if (!open.contains(session)) {
                throw new IllegalStateException("session " + session.number + " is closed");
            }
            tokensRead.addAndGet(step.size());
            List<Logits> each = new ArrayList<>();
            for (int token : step.tokens()) {
                session.tokens.add(token);
                each.add(logits(session.tokens.subList(1, session.tokens.size())));
            }
            if (failing.test(session.number)) {
                throw new IllegalStateException("session " + session.number + " broke the pass");
            }
            rows.add(each);
        }
        return rows;
    }

    @Override
    public boolean readsTreesAtOnce() {
        return readsTreesAtOnce;
    }

    private Logits logits(List<Integer> context) {
        float[] values = new float[vocabulary.size()];
        for (int id = 0; id < values.length; id++) {
            values[id] = (float) Math.log(weight(context, id));
        }
        return samplesOnDevice ? new DeviceLogits(values) : Logits.of(values);
    }

    /** Waits, and leaves the flag of an interruption as it was. */
    public static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        open.clear();
    }

    private final class HashSession implements Session {

        private final List<Integer> tokens;
        private final int number = opened++;

        HashSession(List<Integer> tokens) {
            if (open.size() >= maxSessions) {
                throw new ModelException("no room for more than " + maxSessions + " sessions");
            }
            this.tokens = tokens;
            open.add(this);
        }

        @Override
        public int length() {
            return tokens.size();
        }

        @Override
        public Session fork() {
            return new HashSession(new ArrayList<>(tokens));
        }

        @Override
        public void truncate(int length) {
            if (length < 0 || length > tokens.size()) {
                throw new ModelException("cannot keep " + length + " of " + tokens.size() + " tokens");
            }
            tokens.subList(length, tokens.size()).clear();
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }

    /** Logits that are sampled where they are, as on a GPU. */
    private record DeviceLogits(float[] values) implements Logits {

        @Override
        public int size() {
            return values.length;
        }

        @Override
        public float[] toArray() {
            throw new UnsupportedOperationException("these logits never leave the device");
        }

        @Override
        public java.util.Optional<Choice> sample(
                long[] mask, SamplingParameters parameters, java.util.function.DoubleSupplier uniform) {
            double total = 0;
            double mass = 0;
            for (int id = 0; id < values.length; id++) {
                total += Math.exp(values[id]);
                mass += (mask[id >> 6] >>> id & 1) != 0 ? Math.exp(values[id]) : 0;
            }
            double point = uniform.getAsDouble() * mass;
            double sum = 0;
            for (int id = 0; id < values.length; id++) {
                sum += (mask[id >> 6] >>> id & 1) != 0 ? Math.exp(values[id]) : 0;
                if (sum > point) {
                    double logP = values[id] - Math.log(total);
                    double logMass = Math.log(mass / total);
                    return java.util.Optional.of(new Choice(id, logP, logP - logMass, logMass, false));
                }
            }
            throw new IllegalStateException("nothing allowed");
        }
    }
}
