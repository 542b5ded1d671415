// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.streaming;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.List;

/**
 * What it took to follow a document.
 *
 * @param shape its kind
 * @param bytes its length
 * @param events how many were told
 * @param followMicros with events and a snapshot after each piece
 * @param matchMicros for the matcher alone, byte by byte
 * @param parseMicros for Jackson, once, when all was there
 */
record StreamedResult(
        String shape, int bytes, long events, double followMicros, double matchMicros, double parseMicros) {

    /** The figures of a document. */
    static final List<Column<StreamedResult>> COLUMNS = List.of(
            Column.of("documents", StreamedResult::shape),
            Column.of("KB", "%.0f", result -> result.bytes / 1e3),
            Column.both("events", StreamedResult::events),
            Column.of("ms", "%.1f", result -> result.followMicros / 1e3),
            Column.of("events/s", "%,.0f", result -> result.events / result.followMicros * 1e6),
            Column.of("ns/byte", "%.0f", result -> result.followMicros * 1e3 / result.bytes),
            Column.of("matcher ns/byte", "%.0f", result -> result.matchMicros * 1e3 / result.bytes),
            Column.of("Jackson, once, ns/byte", "%.0f", result -> result.parseMicros * 1e3 / result.bytes));

    /** One line of JSON. */
    String toJson() {
        return ResultJson.write(this);
    }
}
