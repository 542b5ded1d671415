// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How one case ended.
 *
 * @param id the case; inputs of a file with one input a line are {@code id:line}, counted from 1
 * @param kind what the table counts it under
 * @param optional whether the case may be refused or served as the engine likes
 * @param verdict how it ended
 * @param reason why, where it did not pass or was refused; else empty
 * @param millis wall-clock time of compiling and checking
 */
public record CaseResult(
        String id,
        String kind,
        boolean optional,
        Verdict verdict,
        String reason,
        @JsonProperty("ms") long millis) {

    /** Checks that there is a verdict. */
    public CaseResult {
        Objects.requireNonNull(verdict);
    }

    static CaseResult of(HostileCase source, Judgement judgement, long millis) {
        return of(source, "", judgement, millis);
    }

    /** That of a case, or of a line of its file. */
    static CaseResult of(HostileCase source, String line, Judgement judgement, long millis) {
        String kind = source.hasLines() ? source.kind() + " lines" : source.kind();
        boolean optional = source.expectation() == Expectation.OK_WITH_LIMITS;
        return new CaseResult(source.id() + line, kind, optional, judgement.verdict(), judgement.reason(), millis);
    }

    boolean is(Verdict some) {
        return verdict == some;
    }

    /** Whether the case did what it expects. */
    boolean passes() {
        return verdict == Verdict.SERVED || verdict == Verdict.REFUSED;
    }

    /** Whether nothing bad happened, expected or not. */
    public boolean isSafe() {
        return passes() || verdict == Verdict.MISSED;
    }

    /** One line of JSON. */
    public String toJson() {
        return ResultJson.write(this);
    }

    /** One line for people. */
    @Override
    public String toString() {
        return verdict + " " + id + " (" + millis + " ms): " + reason;
    }

    /** The result that {@link #toJson()} wrote; empty if the line is none, or was cut off. */
    static Optional<CaseResult> read(String line) {
        try {
            return Optional.of(ResultJson.read(JsonMapper.shared().readTree(line), CaseResult.class));
        } catch (JacksonException damaged) {
            return Optional.empty();
        }
    }
}
