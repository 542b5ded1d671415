// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.drafts;

import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What passes over several tokens cost, in passes over one: the prices that {@link dev.espalier.sampler.DraftOptions} takes.
 *
 * @param tokens by the number of tokens, the time of a pass in passes over one
 * @param draft a pass of the draft model over one token; 0 if there is none
 */
record PassPrices(Map<Integer, Double> tokens, double draft) {

    private static final int CONTEXT = 64;
    private static final int TIMES = 15;
    private static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16);

    /** Takes the times. Cost: some hundred passes. */
    static PassPrices of(LanguageModel model, Optional<LanguageModel> small) {
        Map<Integer, Double> tokens = new LinkedHashMap<>();
        double one = 1;
        for (int size : SIZES) {
            double nanos = nanos(model, size);
            one = size == 1 ? nanos : one;
            tokens.put(size, nanos / one);
        }
        double base = one;
        return new PassPrices(tokens, small.map(each -> nanos(each, 1) / base).orElse(0.0));
    }

    /** What each further token of a pass costs, on average. */
    double token() {
        int most = SIZES.get(SIZES.size() - 1);
        return Math.max(0, (tokens.getOrDefault(most, 1.0) - 1) / (most - 1));
    }

    private static double nanos(LanguageModel model, int size) {
        int token = ordinary(model);
        List<Double> times = new ArrayList<>();
        synchronized (model) {
            try (Session session = model.open()) {
                int context = Math.min(CONTEXT, model.contextLength() - size);
                model.forward(List.of(Step.of(session, some(token, context))));
                for (int i = 0; i < TIMES; i++) {
                    long start = System.nanoTime();
                    model.forwardEach(List.of(Step.of(session, some(token, size))))
                            .forEach(rows -> rows.get(size - 1).toArray());
                    times.add((double) (System.nanoTime() - start));
                    session.truncate(context);
                }
            }
        }
        return DraftResult.median(times.subList(times.size() / 3, times.size()));
    }

    private static int[] some(int token, int count) {
        int[] tokens = new int[count];
        Arrays.fill(tokens, token);
        return tokens;
    }

    private static int ordinary(LanguageModel model) {
        int token = 0;
        while (model.vocabulary().bytes(token).length() == 0) {
            token++;
        }
        return token;
    }
}
