// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.diffusion.plan;

/**
 * A token for a slot.
 *
 * @param slot its index
 * @param token the token's id
 * @param confidence how sure the policy is, as a rule the probability among the possible tokens
 */
public record Commit(int slot, int token, double confidence) {}
