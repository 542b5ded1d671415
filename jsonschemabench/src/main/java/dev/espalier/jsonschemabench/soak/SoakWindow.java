package dev.espalier.jsonschemabench.soak;

import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.mask.stats.StoreStats;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
record SoakWindow(
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

    SoakWindow {
        refused = Map.copyOf(refused);
        broken = Map.copyOf(broken);
    }

    /** Bytes on the heap beside what the caches say they hold. */
    long besideCaches() {
        return heap - cache - learned;
    }

    /** One line of JSON. */
    ObjectNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("done", done).put("count", count).put("masks", masks).put("seconds", seconds);
        ObjectNode why = node.putObject("refused");
        refused.forEach(why::put);
        ObjectNode thrown = node.putObject("broken");
        broken.forEach(thrown::put);
        node.put("heap_bytes", heap).put("cache_bytes", cache).put("learned_bytes", learned);
        node.put("store_bytes", store.bytes()).put("store_entries", store.entries());
        node.put("evictions", store.evictions()).put("hits", store.hits()).put("misses", store.misses());
        node.set("processor_us", processor.figures());
        node.set("compile_us", compile.figures());
        return node;
    }
}
