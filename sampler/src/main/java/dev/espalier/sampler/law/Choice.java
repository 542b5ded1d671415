// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.law;

/**
 * A token that was drawn, with its probabilities. Logarithms are natural.
 *
 * @param token its id, always an allowed one
 * @param logProbability log of its probability p under the model's law: after temperature, over <em>all</em> ids
 * @param logDrawn log of its probability under the law it was drawn from: masked and filtered; 0 if greedy
 * @param logAllowedMass log of the sum of p over the allowed ids, the step's importance weight
 * @param filtered whether top-k, top-p, min-p or greediness kept an allowed id with p &gt; 0 from being drawn; if not,
 *     {@code logProbability = logDrawn + logAllowedMass}
 */
public record Choice(int token, double logProbability, double logDrawn, double logAllowedMass, boolean filtered) {}
