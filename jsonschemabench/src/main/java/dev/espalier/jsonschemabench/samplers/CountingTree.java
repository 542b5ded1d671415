// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.samplers;

import dev.espalier.core.Cancellation;
import dev.espalier.sampler.constraint.TokenConstraint;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.TokenTree;
import java.util.Arrays;
import java.util.List;

/**
 * The texts of a language under known laws, for one repetition of one sampler. Each law that is asked for is one call, the
 * same one again too: only what a sampler remembers by itself is free. One thread at a time.
 */
final class CountingTree implements TokenTree {

    private final TokenLaws laws;
    private final Prefix root;
    private final long most;
    private final Cancellation cancellation;
    private final Cancellation stop;
    private long calls;

    /**
     * A tree nobody has asked.
     *
     * @param maxTokens the most tokens of a text, an end token not counted
     * @param most calls after which it asks the sampler to stop at once
     * @param cancellation what it asks that by
     * @param stop passed on to the sampler
     */
    CountingTree(
            TokenLaws laws,
            TokenConstraint constraint,
            int maxTokens,
            long most,
            Cancellation cancellation,
            Cancellation stop) {
        this.laws = laws;
        this.root = Prefix.empty(constraint, maxTokens);
        this.most = most;
        this.cancellation = cancellation;
        this.stop = stop;
    }

    @Override
    public Prefix root() {
        return root;
    }

    @Override
    public List<TokenLaw> next(List<Prefix> prefixes) {
        calls += prefixes.size();
        if (calls >= most || stop.isRequested()) {
            cancellation.cancel();
        }
        return prefixes.stream()
                .map(prefix -> laws.after(Arrays.stream(prefix.tokens()).boxed().toList()))
                .toList();
    }

    @Override
    public long calls() {
        return calls;
    }

    @Override
    public boolean isEnd(int token) {
        return laws.vocabulary().isEnd(token);
    }
}
