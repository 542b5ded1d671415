// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.smc;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;

/**
 * The potential of another model: twist and reward are the probability r(x) with which that model by itself writes the
 * text so far. So the law is {@code p(x) · r(x)}, a product of experts. Texts that the other tree does not allow have 0: the
 * language is what both allow.
 *
 * <p>Both models must have the same ids. Remembers the texts that it was asked about as long as they are in use. Cost: one
 * law of the other model for each distinct text but for its last token, all of a step in one forward pass. One thread at a
 * time.
 */
final class ModelPotential implements Potential {

    private final TokenTree other;
    private final Map<Prefix, Scored> known = new WeakHashMap<>();

    /** A text as the other tree has it; where that ends its last common beginning, with probability 0. */
    private record Scored(Prefix text, double logProbability) {

        static Scored refused(Prefix text) {
            return new Scored(text, Double.NEGATIVE_INFINITY);
        }

        boolean isRefused() {
            return logProbability == Double.NEGATIVE_INFINITY;
        }
    }

    /** The potential of another model with the language that it is asked about. */
    ModelPotential(TokenTree other) {
        this.other = other;
    }

    @Override
    public double[] logTwists(List<Prefix> texts) {
        score(texts);
        return texts.stream().mapToDouble(text -> scored(text).logProbability()).toArray();
    }

    @Override
    public double[] logRewards(List<Prefix> texts) {
        score(texts);
        return texts.stream()
                .map(this::scored)
                .mapToDouble(scored -> scored.text().isComplete() ? scored.logProbability() : Double.NEGATIVE_INFINITY)
                .toArray();
    }

    private Scored scored(Prefix text) {
        return Objects.requireNonNull(known.get(text));
    }

    /** Scores texts and their beginnings as far as they are not known, the short ones first. */
    private void score(List<Prefix> texts) {
        SortedMap<Integer, Set<Prefix>> unknown = new TreeMap<>();
        for (Prefix text : texts) {
            for (Prefix at = text; at != null && !known.containsKey(at); at = at.parent()) {
                unknown.computeIfAbsent(at.length(), length -> new LinkedHashSet<>())
                        .add(at);
            }
        }
        unknown.values().forEach(this::scoreAll);
    }

    /** Scores texts whose beginnings without the last token are known. */
    private void scoreAll(Set<Prefix> texts) {
        List<Prefix> asked = new ArrayList<>();
        List<Scored> before = new ArrayList<>();
        for (Prefix text : texts) {
            Prefix parent = text.parent();
            if (parent == null) {
                known.put(text, new Scored(other.root(), 0));
                continue;
            }
            Scored begun = scored(parent);
            if (begun.isRefused() || !begun.text().mask().allows(text.token())) {
                known.put(text, Scored.refused(begun.text()));
            } else {
                requireSameIds(parent, begun.text());
                asked.add(text);
                before.add(begun);
            }
        }
        if (asked.isEmpty()) {
            return;
        }
        List<TokenLaw> laws = other.next(before.stream().map(Scored::text).toList());
        for (int i = 0; i < asked.size(); i++) {
            known.put(asked.get(i), longer(before.get(i), asked.get(i).token(), laws.get(i)));
        }
    }

    private static void requireSameIds(Prefix text, Prefix same) {
        int ids = text.mask().size();
        if (same.mask().size() != ids) {
            throw new InvalidInputException("the other model must have the same " + ids + " token ids, but has "
                    + same.mask().size());
        }
    }

    private static Scored longer(Scored begun, int token, TokenLaw law) {
        return new Scored(begun.text().then(token), begun.logProbability() + Math.log(law.of(token)));
    }
}
