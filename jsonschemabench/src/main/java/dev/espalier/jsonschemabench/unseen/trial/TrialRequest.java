// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Kind;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Reading;
import java.util.List;

/**
 * What a machine is asked to try.
 *
 * @param id the input's number
 * @param kind what it is
 * @param reading how a schema is read
 * @param source its text
 * @param texts texts to be read and judged
 * @param replays beginnings of texts to be read token by token with every mask
 * @param seed decides what is left to chance
 * @param settings how long and how far
 * @param judged whether texts are judged
 * @param fresh whether the compilers begin anew, so that nothing is remembered of other inputs, and texts are
 *     judged as they are, without changes
 */
public record TrialRequest(
        String id,
        Kind kind,
        Reading reading,
        String source,
        List<String> texts,
        List<String> replays,
        long seed,
        TrialSettings settings,
        boolean judged,
        boolean fresh) {

    /** Copies the lists. */
    public TrialRequest {
        texts = List.copyOf(texts);
        replays = List.copyOf(replays);
    }
}
