// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.twoway;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema, and a text that a simulated model would like to write under it.
 *
 * @param id what tells it apart from others
 * @param schema JSON text
 * @param text a value in MaskBench's form; the schema need not allow it
 * @param valid whether it does
 */
record Wish(String id, String schema, String text, boolean valid) {

    /**
     * Of each schema the first instance that it allows, and the first that it does not.
     *
     * @throws InvalidInputException if there is none
     */
    static List<Wish> of(SchemaCorpus corpus) {
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < corpus.size(); i++) {
            BenchSchema schema = corpus.schema(i);
            for (boolean valid : new boolean[] {true, false}) {
                Stream<BenchSchema.Instance> some = schema.tests().stream().filter(test -> test.valid() == valid);
                some.findFirst()
                        .ifPresent(test -> wishes.add(new Wish(
                                schema.id() + (valid ? "#valid" : "#invalid"),
                                schema.schema(),
                                InstanceText.OFFICIAL.of(test.data()),
                                valid)));
            }
        }
        if (wishes.isEmpty()) {
            throw new InvalidInputException("the corpus has no instances");
        }
        return wishes;
    }

    /** One line of JSON. */
    String toJson() {
        return JsonMapper.shared()
                .createObjectNode()
                .put("id", id)
                .put("schema", schema)
                .put("wish", text)
                .toString();
    }
}
