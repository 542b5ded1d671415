// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

/**
 * What an answer is worth.
 *
 * @param faults what the validator holds against it; empty if it is valid
 * @param right fields of the label that it has, at the same place; none of a text without JSON
 * @param fields fields of the label
 * @param whole whether it is valid, all fields are right, and there are no others
 */
public record AnswerScore(String faults, int right, int fields, boolean whole) {

    boolean isValid() {
        return faults.isEmpty();
    }
}
