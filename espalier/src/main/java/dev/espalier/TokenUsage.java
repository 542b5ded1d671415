// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

/**
 * How many tokens a request took.
 *
 * @param promptTokens tokens that the model was given to read first; where gaps are filled from left to right, those of all its prompts
 * @param sharedTokens how many of these were copied from what the model had read for other requests instead of being read anew
 * @param writtenTokens tokens of the text that the model wrote: given text, prompt and end tokens left out
 * @param forcedTokens tokens that were written without a choice, as no others were possible; on a canvas also those that were revoked later
 */
public record TokenUsage(int promptTokens, int sharedTokens, int writtenTokens, int forcedTokens) {}
