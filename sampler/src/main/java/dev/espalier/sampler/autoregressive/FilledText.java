// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import dev.espalier.sampler.Outcome;
import java.util.List;

/**
 * The result of filling the gaps of a text. Immutable.
 *
 * @param outcome how it ended. If complete, the text of its transcript is the whole text, given parts and filled gaps, and a
 *     sentence of the grammar; else what stood before the place where it ended. The tokens of the transcript are those
 *     written into gaps; its prompt tokens are those of all prompts together.
 * @param gaps the text of each gap that was filled, and of that under way when it ended; what is no UTF-8 is U+FFFD
 * @param trace all steps in their order
 */
public record FilledText(Outcome outcome, List<String> gaps, List<GapStep> trace) {

    /** Copies the lists. */
    public FilledText {
        gaps = List.copyOf(gaps);
        trace = List.copyOf(trace);
    }

    /** The text of the outcome's transcript. */
    public String text() {
        return outcome.transcript().text();
    }
}
