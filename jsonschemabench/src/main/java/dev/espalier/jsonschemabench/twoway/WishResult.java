// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.jsonschemabench.run.ResultsFile;

/**
 * What the simulated model wrote under an engine.
 *
 * @param id the wish's
 * @param end how it ended: {@code complete}, {@code limit} (of tokens), {@code refused} (the schema, while compiling) or {@code error}
 * @param tokens how many it wrote, the end not counted
 * @param blanks how many of the last ones were white space only
 * @param text what it wrote
 */
record WishResult(String id, String end, int tokens, int blanks, String text) implements ResultsFile.Result {

    /** So many tokens of white space at the end of a text that was cut off are a loop. */
    static final int LOOP = 32;

    boolean isComplete() {
        return end.equals("complete");
    }

    boolean isLoop() {
        return end.equals("limit") && blanks >= LOOP;
    }
}
