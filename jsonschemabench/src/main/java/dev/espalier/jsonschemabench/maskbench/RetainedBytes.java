package dev.espalier.jsonschemabench.maskbench;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

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
record RetainedBytes(String id, int schemaBytes, long compiled, long firstMask, long instances, long caches) {

    /** One line of JSON. */
    String toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("id", id).put("schema_bytes", schemaBytes).put("compiled_bytes", compiled);
        node.put("first_mask_bytes", firstMask)
                .put("instances_bytes", instances)
                .put("own_caches_bytes", caches);
        return node.toString();
    }
}
