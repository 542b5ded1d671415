// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.trial;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one input fared.
 *
 * @param id its number
 * @param status how its compilation ended: {@code compiled}, {@code empty} (no text is in it), else the code of the error
 * @param reason why it was refused; else empty
 * @param compileNanos time to compile
 * @param firstMaskNanos processor time of the first mask
 * @param steps times of a mask and a commit each, as {@link LatencyHistogram#toJson()} writes them
 * @param budgeted times of masks under a budget, likewise
 * @param plainBeside times of the plain masks at the same places, likewise
 * @param undecided masks under a budget that left out tokens that were not decided about in time
 * @param longestNanos the longest mask and commit
 * @param longestText the text before it
 * @param stopped how often it was cancelled or interrupted
 * @param judged how many texts both validators judged
 * @param valid how many of them are valid
 * @param verdicts what the engine says of texts that the caller judges
 * @param faults what went wrong
 * @param splits texts that the validators do not agree about
 */
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
public record TrialResult(
        String id,
        String status,
        String reason,
        long compileNanos,
        long firstMaskNanos,
        JsonNode steps,
        JsonNode budgeted,
        JsonNode plainBeside,
        int undecided,
        long longestNanos,
        String longestText,
        int stopped,
        int judged,
        int valid,
        List<TextVerdict> verdicts,
        List<Fault> faults,
        List<Split> splits) {

    /** Copies the lists. */
    public TrialResult {
        verdicts = List.copyOf(verdicts);
        faults = List.copyOf(faults);
        splits = List.copyOf(splits);
    }

    /** That of an input with which its Java machine ended. */
    public static TrialResult crashed(String id, Fault fault) {
        TrialRecord record = new TrialRecord(id);
        record.compiled("crash", fault.detail(), 0);
        record.fault(fault.kind(), fault.code(), fault.place(), fault.detail(), fault.text());
        return record.result();
    }

    /** The same with other faults and without the verdicts that the caller was asked for. */
    public TrialResult judgedAs(List<Fault> all, int texts, int in) {
        ObjectNode other = JsonMapper.shared().valueToTree(this);
        other.putArray("verdicts");
        other.set("faults", JsonMapper.shared().valueToTree(all));
        other.put("judged", judged + texts).put("valid", valid + in);
        return JsonMapper.shared().treeToValue(other, TrialResult.class);
    }
}
