// SPDX-License-Identifier: Apache-2.0
package dev.espalier.protocol;

import dev.espalier.assistant.Assistant;
import java.util.Objects;

/**
 * A model under the name by which requests ask for it.
 *
 * @param id its name
 * @param assistant what answers
 * @param created seconds since 1970
 * @param mostTokens the most tokens of answers that do not say how long they may be
 */
public record ServedModel(String id, Assistant assistant, long created, int mostTokens) {

    /** Checks that nothing is null. */
    public ServedModel {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(assistant, "assistant");
    }
}
