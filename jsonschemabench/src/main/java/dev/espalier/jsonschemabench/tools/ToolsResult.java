// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.tools;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.Nanos;
import dev.espalier.jsonschemabench.run.ResultsFile;

/**
 * What the tools of one round took: one line of {@code results.jsonl}. Times are in nanoseconds.
 *
 * @param id the round's name
 * @param isFresh whether it was the first work of its Java machine
 * @param tools how many tools there were
 * @param compile from the tools to the compiled output
 * @param firstMask from the tools to the first mask
 * @param text mask and commit of each token of the text before a call
 * @param call mask and commit of each token of a call
 */
public record ToolsResult(
        String id,
        @JsonProperty("fresh") boolean isFresh,
        int tools,
        @Nanos("compile_us") long compile,
        @Nanos("first_mask_us") long firstMask,
        @JsonProperty("text_ns") LatencyHistogram text,
        @JsonProperty("call_ns") LatencyHistogram call)
        implements ResultsFile.Result {}
