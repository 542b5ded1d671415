// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.fields;

import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.Timings;
import dev.espalier.sampler.Transcript;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model wrote for a case.
 *
 * @param id the case
 * @param outcome how the generation ended
 * @param errors what a validator holds against the value; empty if it is valid
 * @param score how many fields are right; none of a text that is not complete
 * @param exact whether the whole value is right
 */
public record FieldResult(String id, Outcome outcome, String errors, FieldScore score, boolean exact) {

    /** Whether the text is complete and its value fits the schema. */
    boolean isValid() {
        return outcome.isComplete() && errors.isEmpty();
    }

    Transcript written() {
        return outcome.transcript();
    }

    /** One line of JSON. */
    public String toJson() {
        Transcript written = outcome.transcript();
        Timings times = written.timings();
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("outcome", outcome.getClass().getSimpleName()).put("valid", isValid());
        node.put("errors", errors)
                .put("right", score.right())
                .put("fields", score.fields())
                .put("exact", exact);
        node.put("text", written.text()).put("prompt_tokens", written.promptTokens());
        node.put("tokens", written.tokens().size()).put("forced_tokens", written.forcedTokens());
        node.put("forward_passes", written.forwardPasses());
        node.put("prefill_us", times.prefill() / 1000.0).put("forward_us", times.forward() / 1000.0);
        node.put("mask_us", times.mask() / 1000.0).put("waiting_us", times.waiting() / 1000.0);
        return node.put("sample_us", times.sample() / 1000.0)
                .put("total_us", times.total() / 1000.0)
                .toString();
    }
}
