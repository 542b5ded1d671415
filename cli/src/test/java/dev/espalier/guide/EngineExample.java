// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.mask.CompiledGrammar;
import dev.espalier.mask.MaskBatch;
import dev.espalier.mask.Matcher;
import dev.espalier.mask.token.TokenMask;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

final class EngineExample {

    // guide: begin
    /** Writes texts together; the network gives logits for the tokens of each text so far. */
    static List<String> write(
            Function<List<int[]>, float[][]> network, List<Matcher> texts, CompiledGrammar grammar, int budget) {
        int words = (grammar.vocabulary().size() + 31) / 32;
        MaskBatch batch = new MaskBatch(ForkJoinPool.commonPool(), 4);
        List<Matcher> open = new ArrayList<>(texts);
        while (!open.isEmpty()) {
            float[][] logits = network.apply(open.stream().map(Matcher::tokens).toList());
            int[] left = open.stream().mapToInt(text -> budget - text.length()).toArray();
            int[] masks = new int[open.size() * words]; // words of 32 bits; a LongBuffer beside the logits does, too
            int[] chosen = new int[open.size()];
            stop(open, batch.fill(open, left, masks, words)); // each text can still end within its budget
            for (int row = 0; row < chosen.length; row++) {
                chosen[row] = best(logits[row], masks, row * words);
            }
            stop(open, batch.accept(open, chosen));
            for (Matcher text : open) {
                for (int token : text.forcedTokens(budget - text.length())) {
                    text.accept(token); // whatever the logits are
                }
            }
            open.removeIf(Matcher::isTerminated);
        }
        return texts.stream()
                .map(text -> new String(grammar.vocabulary().decode(text.tokens()), StandardCharsets.UTF_8))
                .toList();
    }

    private static void stop(List<Matcher> open, List<MaskBatch.Failure> failures) {
        for (MaskBatch.Failure failure : failures) { // the other rows are whole: a server ends this one and goes on
            throw new IllegalStateException("text " + open.get(failure.index()).tokens().length, failure.cause());
        }
    }

    private static int best(float[] logits, int[] masks, int from) {
        int best = -1;
        for (int id = 0; id < logits.length; id++) {
            boolean allowed = (masks[from + id / 32] >>> id % 32 & 1) == 1;
            best = allowed && (best < 0 || logits[id] > logits[best]) ? id : best;
        }
        return best;
    }

    /** Accepts the nodes of a tree of drafts that the model would have chosen; it has read all in one pass, row 0 is before them. */
    static void verify(Matcher text, int[] draft, int[] parents, float[][] logits) {
        TokenMask[] masks = text.masks(draft, parents);
        for (int at = -1, node = 0; node < draft.length; node++) {
            int[] mask = new int[(masks[0].size() + 31) / 32];
            masks[at + 1].copyTo(mask, 0, mask.length);
            if (parents[node] == at && draft[node] == best(logits[at + 1], mask, 0)) {
                text.accept(draft[node]);
                at = node;
            }
        }
    }
    // guide: end

    private EngineExample() {}
}
