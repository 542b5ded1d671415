// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.constraint;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A constraint whose text is whole, and ends, as soon as it holds one of some texts. */
public final class StopConstraint implements TokenConstraint {

    private final TokenConstraint inner;
    private final List<byte[]> stops;
    private final Vocabulary vocabulary;
    private final int longest;
    /** The last bytes of the text, of which a stop may still be made. */
    private byte[] tail;

    private boolean stopped;

    private StopConstraint(
            TokenConstraint inner, List<byte[]> stops, Vocabulary vocabulary, byte[] tail, boolean stopped) {
        this.inner = inner;
        this.stops = stops;
        this.vocabulary = vocabulary;
        this.longest = stops.stream().mapToInt(stop -> stop.length).max().orElse(0);
        this.tail = tail;
        this.stopped = stopped;
    }

    /** A constraint at its beginning, with texts that end it, none of them empty. */
    public static StopConstraint of(TokenConstraint inner, List<String> stops, Vocabulary vocabulary) {
        List<byte[]> bytes = stops.stream()
                .map(stop -> stop.getBytes(StandardCharsets.UTF_8))
                .toList();
        return new StopConstraint(inner, bytes, vocabulary, new byte[0], false);
    }

    private StopConstraint with(TokenConstraint other) {
        return new StopConstraint(other, stops, vocabulary, tail, stopped);
    }

    @Override
    public TokenConstraint fork() {
        return with(inner.fork());
    }

    @Override
    public TokenConstraint until(Cancellation cancellation) {
        return with(inner.until(cancellation));
    }

    @Override
    public void requireFit(Vocabulary other, String model) {
        inner.requireFit(other, model);
    }

    @Override
    public TokenMask mask() {
        return stopped ? nothing() : inner.mask();
    }

    @Override
    public TokenMask mask(int remainingTokens) {
        return stopped ? nothing() : inner.mask(remainingTokens);
    }

    private TokenMask nothing() {
        return TokenMask.of(vocabulary.size());
    }

    @Override
    public int undecided() {
        return stopped ? 0 : inner.undecided();
    }

    @Override
    public boolean isCut() {
        return !stopped && inner.isCut();
    }

    @Override
    public TokenMask exactMask(int remainingTokens) {
        return stopped ? nothing() : inner.exactMask(remainingTokens);
    }

    @Override
    public void accept(int token) {
        inner.accept(token);
        byte[] more = vocabulary.bytes(token).toByteArray();
        byte[] seen = Arrays.copyOf(tail, tail.length + more.length);
        System.arraycopy(more, 0, seen, tail.length, more.length);
        stopped = stops.stream().anyMatch(stop -> holds(seen, stop));
        tail = Arrays.copyOfRange(seen, Math.max(0, seen.length - longest + 1), seen.length);
    }

    private static boolean holds(byte[] text, byte[] stop) {
        for (int from = 0; from + stop.length <= text.length; from++) {
            if (Arrays.equals(text, from, from + stop.length, stop, 0, stop.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isTerminated() {
        return inner.isTerminated();
    }

    @Override
    public boolean isAccepting() {
        return stopped || inner.isAccepting();
    }

    @Override
    public byte[] forced() {
        return stopped ? new byte[0] : inner.forced();
    }

    @Override
    public boolean canEndWithin(int tokens) {
        return stopped || inner.canEndWithin(tokens);
    }

    @Override
    public int leastTokensToEnd() {
        return stopped ? 0 : inner.leastTokensToEnd();
    }
}
