// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import dev.espalier.jsonschemabench.run.ResultsFile;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * A line of results: an input and how it fared.
 *
 * @param id its number
 * @param kind what it is
 * @param reading how a schema is read
 * @param made what was done to make it
 * @param bytes the length of its text
 * @param source its text, where something went wrong; else empty
 * @param trial how it fared
 */
public record UnseenResult(
        String id,
        UnseenInput.Kind kind,
        UnseenInput.Reading reading,
        List<String> made,
        int bytes,
        String source,
        TrialResult trial)
        implements ResultsFile.Result {

    /** Copies the list. */
    public UnseenResult {
        made = List.copyOf(made);
    }

    /** With names of members and constants as Java has them, as machines write {@link TrialResult}. */
    @Override
    public String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }
}
