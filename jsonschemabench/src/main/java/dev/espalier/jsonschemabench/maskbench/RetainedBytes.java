// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.ResultsFile;

/**
 * Bytes on the heap that go when a compiled schema is dropped: one line of {@code retained.jsonl}.
 *
 * @param id the schema's
 * @param schemaBytes the length of its text in UTF-8
 * @param compiled when it was compiled and nothing else
 * @param firstMask when its first mask was made, too
 * @param instances when all its instances were read, too
 * @param caches what of the last the engine estimates to be workers and masks of this schema alone, which it may forget
 */
public record RetainedBytes(
        String id,
        int schemaBytes,
        @JsonProperty("compiled_bytes") long compiled,
        @JsonProperty("first_mask_bytes") long firstMask,
        @JsonProperty("instances_bytes") long instances,
        @JsonProperty("own_caches_bytes") long caches)
        implements ResultsFile.Result {}
