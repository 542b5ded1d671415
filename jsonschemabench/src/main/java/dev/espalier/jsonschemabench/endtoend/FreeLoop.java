// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.core.error.ModelException;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.ArrayList;
import java.util.List;

/** Greedy decoding as anybody writes it who knows no constraint: what constrained decoding is measured against. */
record FreeLoop(LanguageModel model) {

    private static final class Row {

        private final Session session;
        private final List<Integer> tokens = new ArrayList<>();
        private int[] pending;

        Row(Session session, int[] prompt) {
            this.session = session;
            this.pending = prompt;
        }
    }

    /**
     * Writes texts in shared forward passes until each has come to an end token.
     *
     * @param prompts the tokens that are read first
     * @return the tokens of each text
     */
    List<List<Integer>> write(List<int[]> prompts, PassClock clock) {
        List<Row> rows = new ArrayList<>();
        try {
            for (int[] prompt : prompts) {
                rows.add(new Row(model.open(), prompt));
            }
            List<Row> active = new ArrayList<>(rows);
            while (!active.isEmpty()) {
                List<Step> steps = active.stream()
                        .map(row -> Step.of(row.session, row.pending))
                        .toList();
                long start = System.nanoTime();
                List<Logits> logits = model.forward(steps);
                clock.pass(start, System.nanoTime());
                List<Row> open = new ArrayList<>();
                for (int i = 0; i < active.size(); i++) {
                    if (goesOn(active.get(i), largest(logits.get(i).toArray()))) {
                        open.add(active.get(i));
                    }
                }
                active = open;
            }
        } finally {
            rows.forEach(row -> row.session.close());
        }
        return rows.stream().map(row -> row.tokens).toList();
    }

    private boolean goesOn(Row row, int token) {
        if (model.vocabulary().isEnd(token)) {
            return false;
        }
        row.tokens.add(token);
        row.pending = new int[] {token};
        return true;
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            best = logits[id] > logits[best] ? id : best;
        }
        if (Float.isNaN(logits[best])) {
            throw new ModelException("a logit is not a number");
        }
        return best;
    }
}
