// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

/**
 * A state that counts the tokens of a text, not its bytes. Symbols say nothing of where a token ends, so whoever reads tokens says so. Of the states of a stack only the top one is told.
 */
public interface TokenCounter extends State {

    /** The state once a token has ended here; it ends with the same results as soon as this one may. Itself if it does not matter. */
    State afterToken();

    /** The state of a frame once a token has ended in it. */
    static State afterToken(State state) {
        return state instanceof TokenCounter counter ? counter.afterToken() : state;
    }
}
