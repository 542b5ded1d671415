// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.reload;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.run.ResultJson;
import java.util.List;
import java.util.Map;

/**
 * What some loads in a row left behind: one line of {@code results.jsonl}.
 *
 * @param loads loads so far, those of earlier windows included
 * @param cancelled generations so far that were broken off
 * @param broken what ended otherwise in this window, by what was thrown or came of it
 * @param heap bytes on the heap after the collector ran
 * @param resident bytes of memory of the process then, the heap included
 * @param seconds how long the window took
 */
public record ReloadWindow(
        int loads, int cancelled, Map<String, Integer> broken, long heap, long resident, double seconds) {

    private static final List<Column<ReloadWindow>> MEMBERS = List.of(
            Column.member("loads", ReloadWindow::loads),
            Column.member("cancelled", ReloadWindow::cancelled),
            Column.member("broken", ReloadWindow::broken),
            Column.member("heap_bytes", ReloadWindow::heap),
            Column.member("resident_bytes", ReloadWindow::resident),
            Column.member("seconds", ReloadWindow::seconds));

    /** Copies the map. */
    public ReloadWindow {
        broken = Map.copyOf(broken);
    }

    /** One line of JSON. */
    String toJson() {
        return ResultJson.write(Column.members(MEMBERS, this));
    }
}
