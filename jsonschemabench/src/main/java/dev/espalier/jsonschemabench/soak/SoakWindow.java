// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.soak;

import dev.espalier.jsonschemabench.report.Column;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.run.ResultJson;
import dev.espalier.mask.stats.StoreStats;
import java.util.List;
import java.util.Map;

/**
 * What some hundred or thousand schemas in a row took, and what was in memory after them: one line of {@code results.jsonl}.
 *
 * @param done schemas so far, those of earlier windows included
 * @param count schemas of this window
 * @param refused those that were refused, by the code of the error
 * @param broken those that ended with anything but a typed error, by what was thrown
 * @param masks masks that were made
 * @param processor the processor's time, in nanoseconds, for compiling and all masks of a schema
 * @param compile the part of it until the grammar was ready
 * @param heap bytes on the heap after the collector ran
 * @param cache bytes of the caches of masks by their own estimate, the store included
 * @param learned bytes of what the compiler of schemas keeps for later ones, by its own estimate
 * @param store what the store did so far
 * @param seconds how long the window took
 */
public record SoakWindow(
        int done,
        int count,
        Map<String, Integer> refused,
        Map<String, Integer> broken,
        long masks,
        LatencyHistogram processor,
        LatencyHistogram compile,
        long heap,
        long cache,
        long learned,
        StoreStats store,
        double seconds) {

    private static final List<Column<SoakWindow>> MEMBERS = List.of(
            Column.member("done", SoakWindow::done),
            Column.member("count", SoakWindow::count),
            Column.member("masks", SoakWindow::masks),
            Column.member("seconds", SoakWindow::seconds),
            Column.member("refused", SoakWindow::refused),
            Column.member("broken", SoakWindow::broken),
            Column.member("heap_bytes", SoakWindow::heap),
            Column.member("cache_bytes", SoakWindow::cache),
            Column.member("learned_bytes", SoakWindow::learned),
            Column.member("store_bytes", each -> each.store.bytes()),
            Column.member("store_entries", each -> each.store.entries()),
            Column.member("evictions", each -> each.store.evictions()),
            Column.member("hits", each -> each.store.hits()),
            Column.member("misses", each -> each.store.misses()),
            Column.member("processor_us", each -> each.processor.figures()),
            Column.member("compile_us", each -> each.compile.figures()));

    /** Copies the maps. */
    public SoakWindow {
        refused = Map.copyOf(refused);
        broken = Map.copyOf(broken);
    }

    /** Bytes on the heap beside what the caches say they hold. */
    long besideCaches() {
        return heap - cache - learned;
    }

    /** One line of JSON. */
    String toJson() {
        return ResultJson.write(Column.members(MEMBERS, this));
    }
}
