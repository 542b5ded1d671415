// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.sequence.tokenwise;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.sampler.law.Choices;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.Prefix;
import dev.espalier.sampler.sequence.ProposalKernel;
import dev.espalier.sampler.sequence.TokenPredicate;
import java.util.Objects;

/**
 * Adaptive weighted rejection sampling (Lipkin et al., COLM 2025): draws tokens that a mask allows until a
 * {@link TokenPredicate} allows them too, never the same refused one twice, and weighs the result without asking about the
 * rest. {@code E[w · 1{token = t}] = p(t)} for each t that mask and predicate allow.
 *
 * <p>Write S<sub>j</sub> for the mass of the candidates that are left after j refusals (S<sub>0</sub> is the mask's), Z for
 * that of the allowed ones. The token is always the first that was accepted. Two ways to weigh it:
 *
 * <ul>
 *   <li><em>Two loops</em>: accepted tokens stay in the pool, and drawing goes on until r were accepted. With n refusals by
 *       then, {@code w = h[r-2] / h[r-1]}, complete homogeneous symmetric polynomials of {@code 1/S[0], …, 1/S[n]}; for r = 2
 *       that is {@code 1 / Σ 1/S[j]}. Reason: accepted tokens are independent of refused ones, and a trace with refusals
 *       R and accepts after j<sub>1</sub> ≤ … ≤ j<sub>r</sub> = n of them has probability {@code P(R) · Z^r · Π 1/S[j]}; so
 *       given R it is {@code P(R) · Z^r · h[r-1] / S[n]}, and times w that is Z times the probability of the same with r - 1
 *       accepts, which add up to 1. For r = 2 it is the mean of the paper's weight {@code S[j₁] / (n + 1)} given the
 *       refusals: never of greater variance.
 *   <li><em>Recursive</em>: the accepted token x leaves the pool, and one more is drawn. If it is allowed, or none is left,
 *       {@code w = S[j]}, else {@code w = p(x)}. Fewer questions where little is allowed, and no variance if that is a
 *       single token.
 * </ul>
 *
 * <p>A cap of K refusals costs variance and no bias. Two loops that end by it with a accepts: {@code w = h[a-1] / h[a]} of
 * {@code 1/S[0], …, 1/S[K-1]}, 0 for a = 0. Recursive: {@code w = S[K-1]} for a token that comes after K - 1 refusals, 0 after
 * K.
 *
 * <p>Cost: a pass over the mask's tokens, then 64 steps for each draw and each level of a tree of sums
 * ({@link CandidatePool}); the predicate is asked about {@code Σ p / (p + Z)} refused tokens on average until the first
 * accept, the sum over all refused candidates. Weights are right to 1e-9 of themselves however small they are. Immutable; any
 * number of threads if the predicate may be asked by as many.
 */
@FastPath(oracle = "AdaptiveRejectionTest")
public final class AdaptiveRejection implements ProposalKernel {

    private static final int ACCEPTS = 3;
    private static final double RECURSIVE_FROM = 0.9;

    private final TokenPredicate predicate;
    private final int accepts;
    private final double recursiveFrom;
    private final int maxRejects;

    private AdaptiveRejection(TokenPredicate predicate, int accepts, double recursiveFrom, int maxRejects) {
        this.predicate = Objects.requireNonNull(predicate, "predicate");
        this.accepts = accepts;
        this.recursiveFrom = recursiveFrom;
        this.maxRejects = maxRejects;
    }

    /**
     * Two loops with three accepts, or recursive where one candidate has 0.9 of their mass or more. There recursive weights
     * vary several times less if the predicate allows that candidate, for two questions instead of 1.3, and several times
     * more if it does not: it pays if such a candidate is refused no more than about once in a hundred times. Elsewhere two
     * loops vary less as soon as the allowed mass is spread over some tokens.
     */
    public static AdaptiveRejection of(TokenPredicate predicate) {
        return of(predicate, ACCEPTS, RECURSIVE_FROM);
    }

    /**
     * Two loops, or recursive where one candidate has a given share of their mass or more: known before anything is drawn,
     * as it must be.
     *
     * @param accepts r, 2 to 64
     * @param recursiveFrom the share, above 0
     * @throws InvalidInputException if a number is out of range
     */
    public static AdaptiveRejection of(TokenPredicate predicate, int accepts, double recursiveFrom) {
        if (accepts < 2 || accepts > SymmetricSums.MAX_DEGREE + 1) {
            throw new InvalidInputException(
                    "two loops need 2 to " + (SymmetricSums.MAX_DEGREE + 1) + " accepts, but got " + accepts);
        }
        if (!(recursiveFrom > 0)) {
            throw new InvalidInputException("the share to be recursive from must be above 0, but is " + recursiveFrom);
        }
        return new AdaptiveRejection(predicate, accepts, recursiveFrom, Integer.MAX_VALUE);
    }

    /**
     * Always two loops.
     *
     * @param accepts r, 2 to 64: more cost more and vary less
     * @throws InvalidInputException if it is out of range
     */
    public static AdaptiveRejection twoLoops(TokenPredicate predicate, int accepts) {
        return of(predicate, accepts, Double.POSITIVE_INFINITY);
    }

    /** Always recursive. */
    public static AdaptiveRejection recursive(TokenPredicate predicate) {
        return new AdaptiveRejection(predicate, ACCEPTS, 0, Integer.MAX_VALUE);
    }

    /**
     * The same with a cap of refusals; without it a predicate that allows nothing is asked about all candidates.
     *
     * @param value K, at least 1
     * @throws InvalidInputException if it is less
     */
    public AdaptiveRejection withMaxRejects(int value) {
        if (value < 1) {
            throw new InvalidInputException("a cap of refusals must be at least 1, but is " + value);
        }
        return new AdaptiveRejection(predicate, accepts, recursiveFrom, value);
    }

    /**
     * Draws a token.
     *
     * @throws InvalidInputException if the predicate fails by an exception that is not Espalier's
     */
    @Override
    public Proposed propose(Prefix text, TokenLaw law, Choices choices) {
        int[] ids = text.mask().ids();
        CandidatePool pool = new CandidatePool(ids, law.of(ids));
        PredicateChecks checks = new PredicateChecks(predicate, text);
        return pool.greatest() >= recursiveFrom * pool.mass()
                ? recursive(pool, checks, choices)
                : twoLoops(pool, checks, choices);
    }

    private Proposed recursive(CandidatePool pool, PredicateChecks checks, Choices choices) {
        for (int rejects = 0; rejects < maxRejects && pool.mass() > 0; rejects++) {
            double mass = pool.mass();
            int drawn = pool.draw(choices);
            double probability = pool.probability(drawn);
            pool.remove(drawn);
            if (checks.allows(pool.token(drawn))) {
                boolean whole =
                        rejects == maxRejects - 1 || pool.mass() == 0 || checks.allows(pool.token(pool.draw(choices)));
                return new Proposed(pool.token(drawn), Math.log(whole ? mass : probability), checks.count());
            }
        }
        return Proposed.none(checks.count());
    }

    private Proposed twoLoops(CandidatePool pool, PredicateChecks checks, Choices choices) {
        SymmetricSums sums = new SymmetricSums(accepts - 1);
        int first = -1;
        int accepted = 0;
        for (int rejects = 0; rejects < maxRejects && pool.mass() > 0; rejects++) {
            sums.add(pool.mass());
            int drawn = pool.draw(choices);
            while (checks.allows(pool.token(drawn))) {
                first = accepted == 0 ? pool.token(drawn) : first;
                accepted++;
                if (accepted == accepts) {
                    return new Proposed(first, sums.logRatio(accepts - 1), checks.count());
                }
                drawn = pool.draw(choices);
            }
            pool.remove(drawn);
        }
        return accepted == 0
                ? Proposed.none(checks.count())
                : new Proposed(first, sums.logRatio(accepted), checks.count());
    }
}
