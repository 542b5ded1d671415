// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import dev.espalier.core.error.DeadEndException;
import dev.espalier.core.error.InvalidTokenException;
import dev.espalier.mask.token.TokenMask;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.constraint.TokenConstraint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The constraint that a text is one of a few given ones, decided by looking at all of them. An oracle, and a test double. It counts
 * a token for each byte, and goes on where the vocabulary has no tokens for what must come, so that there are dead ends.
 */
public class ListedLanguage implements TokenConstraint {

    private final Vocabulary vocabulary;
    private final List<byte[]> texts;
    private byte[] prefix = new byte[0];
    private boolean terminated;

    public ListedLanguage(Vocabulary vocabulary, Collection<String> texts) {
        this.vocabulary = vocabulary;
        this.texts = new ArrayList<>(texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    @Override
    public TokenConstraint fork() {
        ListedLanguage copy = new ListedLanguage(vocabulary, List.of());
        copy.texts.addAll(texts);
        copy.prefix = prefix;
        copy.terminated = terminated;
        return copy;
    }

    @Override
    public TokenMask mask() {
        return mask(Integer.MAX_VALUE);
    }

    @Override
    public TokenMask mask(int remainingTokens) {
        List<Integer> ids = new ArrayList<>();
        for (int id = 0; id < vocabulary.size(); id++) {
            if (allows(id) && (vocabulary.isEnd(id) || distance(extended(id)) < remainingTokens)) {
                ids.add(id);
            }
        }
        if (ids.isEmpty() && !isAccepting()) {
            throw new DeadEndException("no token continues the text within " + remainingTokens + " tokens");
        }
        return TokenMask.of(
                vocabulary.size(), ids.stream().mapToInt(Integer::intValue).toArray());
    }

    private boolean allows(int id) {
        if (terminated) {
            return false;
        }
        return vocabulary.isEnd(id)
                ? isAccepting()
                : vocabulary.bytes(id).length() > 0 && distance(extended(id)) < Integer.MAX_VALUE;
    }

    private byte[] extended(int id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(prefix);
        bytes.writeBytes(vocabulary.bytes(id).toByteArray());
        return bytes.toByteArray();
    }

    private List<byte[]> continuing(byte[] start) {
        return texts.stream()
                .filter(text ->
                        text.length >= start.length && Arrays.equals(text, 0, start.length, start, 0, start.length))
                .toList();
    }

    private int distance(byte[] start) {
        return continuing(start).stream()
                .mapToInt(text -> text.length - start.length)
                .min()
                .orElse(Integer.MAX_VALUE);
    }

    @Override
    public void accept(int token) {
        if (token < 0 || token >= vocabulary.size() || !allows(token)) {
            throw new InvalidTokenException("token " + token + " is not allowed");
        }
        terminated = vocabulary.isEnd(token);
        prefix = terminated ? prefix : extended(token);
    }

    @Override
    public boolean isTerminated() {
        return terminated;
    }

    @Override
    public boolean isAccepting() {
        return distance(prefix) == 0;
    }

    @Override
    public byte[] forced() {
        List<byte[]> left = continuing(prefix);
        byte[] first = left.get(0);
        int length = first.length;
        for (byte[] text : left) {
            int common = Arrays.mismatch(first, text);
            length = common < 0 ? length : Math.min(length, common);
        }
        return Arrays.copyOfRange(first, prefix.length, Math.max(prefix.length, length));
    }

    @Override
    public int leastTokensToEnd() {
        return distance(prefix);
    }
}
