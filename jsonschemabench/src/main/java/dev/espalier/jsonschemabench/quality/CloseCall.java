// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

/**
 * A token that another one came close to: there, roundings may decide which is the likeliest.
 *
 * @param from where it begins in the text, in characters
 * @param to where it ends
 * @param gap by how much its logit was greater than the second best
 */
public record CloseCall(int from, int to, double gap) {

    /** Whether the character at a place is of the token. */
    boolean covers(int place) {
        return from <= place && place < to;
    }
}
