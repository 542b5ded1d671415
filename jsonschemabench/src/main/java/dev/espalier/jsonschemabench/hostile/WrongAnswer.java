// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

/** The engine answered, and the answer is wrong. Ends a case as unsafe; never leaves this package. */
final class WrongAnswer extends RuntimeException {

    private static final long serialVersionUID = 1;

    WrongAnswer(String message) {
        super(message);
    }
}
