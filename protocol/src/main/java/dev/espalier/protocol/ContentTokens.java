// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Assistant;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.DecodeListener;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.TokenProbabilities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The tokens of what an answer says to the user, with their probabilities: those of which at least one byte is said. Tokens of reasoning, of calls and of the marks between them are none of these;
 * the first and the last may have bytes of a mark beside those that are said. Each token is given once, with the chunk that has its first byte.
 *
 * <p>Probabilities become known a little later than the text. So whoever tells of the answer hands over what he would do, and it is done once those of all tokens so far are known, in order. One
 * answer, one thread.
 */
final class ContentTokens implements DecodeListener {

    private final Vocabulary vocabulary;
    private final Vocabulary spelled;
    private final int top;
    private final boolean isWanted;

    private final StringBuilder text = new StringBuilder();
    /** Of each token where it ends, in bytes. */
    private final List<Integer> ends = new ArrayList<>();

    private final List<TokenProbabilities> thoughts = new ArrayList<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int given;
    private int begin;
    private int told;

    /**
     * The tokens of an answer that is not begun.
     *
     * @param top how many of the likeliest tokens are told of beside each
     * @param isWanted whether probabilities are asked for; nothing waits and no token is given where they are not
     */
    ContentTokens(Assistant assistant, int top, boolean isWanted) {
        this.vocabulary = assistant.vocabulary();
        this.spelled = assistant.compiler().vocabulary();
        this.top = top;
        this.isWanted = isWanted;
    }

    @Override
    public void onToken(int token, boolean forced) {
        int before = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
        ends.add(before + spelled.bytes(token).length());
    }

    @Override
    public void onText(String chunk) {
        text.append(chunk);
    }

    @Override
    public void onProbabilities(TokenProbabilities thought) {
        if (thought.index() < ends.size()) {
            thoughts.add(thought);
        }
        if (isKnown()) {
            go();
        }
    }

    /** Whether the probabilities of all tokens so far are known. */
    private boolean isKnown() {
        return !isWanted || thoughts.size() == ends.size();
    }

    @Override
    public void onRestart(Outcome cause) {
        text.setLength(0);
        ends.clear();
        thoughts.clear();
        waiting.clear();
        given = 0;
        begin = 0;
        told = 0;
    }

    @Override
    public void onFinish(Outcome outcome) {
        go();
    }

    private void go() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    /** Does something once the probabilities of all tokens so far are known, behind all that was handed over before. */
    void whenKnown(Runnable action) {
        if (isKnown() && waiting.isEmpty()) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    /** What is said begins at a place of the text. */
    void begin(int place) {
        begin = bytes(text.substring(0, place));
        told = begin;
    }

    private static int bytes(String chunk) {
        return chunk.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The tokens of the next chunk that is said. */
    ArrayNode next(String chunk) {
        told += bytes(chunk);
        ArrayNode tokens = JsonNodeFactory.instance.arrayNode();
        for (; given < thoughts.size(); given++) {
            TokenProbabilities one = thoughts.get(given);
            int start = one.index() == 0 ? 0 : ends.get(one.index() - 1);
            if (start >= told) {
                break;
            }
            if (ends.get(one.index()) > begin) {
                tokens.add(Logprobs.of(one, vocabulary, top));
            }
        }
        return tokens;
    }
}
