// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.deadlines;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.List;

/**
 * What a part took.
 *
 * @param part its name
 * @param ended how it ended: {@code compiled}, or the code of the error
 * @param units units of work that were charged
 * @param cpuMicros processor time
 */
record PartResult(String part, String ended, long units, double cpuMicros) {

    /** The figures of a part. */
    static final List<Column<PartResult>> COLUMNS = List.of(
            Column.of("parts", PartResult::part),
            Column.of("ended", PartResult::ended),
            Column.of("s counted", "%.2f", result -> result.units / 1e6),
            Column.of("s of processor time", "%.2f", result -> result.cpuMicros / 1e6),
            Column.of("time/count", "%.2f", PartResult::ratio));

    /** Processor time over what was counted. */
    double ratio() {
        return cpuMicros / Math.max(1, units);
    }

    /** One line of JSON. */
    String toJson() {
        return ResultJson.write(this);
    }
}
