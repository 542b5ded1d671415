// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.Output;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;

/**
 * A language that canvases are filled under.
 *
 * @param id what it is known by
 * @param dataset its data set, or {@code grammar}
 * @param source the text of the schema or grammar
 * @param isSchema whether it is a schema
 * @param texts what a simulated model may want to write: valid instances, compact; texts of the grammar
 */
record InfillCase(String id, String dataset, String source, boolean isSchema, List<String> texts) {

    /** The data set of the grammars that come with the harness. */
    static final String GRAMMAR = "grammar";

    InfillCase {
        texts = List.copyOf(texts);
    }

    static InfillCase of(BenchSchema schema) {
        List<String> texts = schema.tests().stream()
                .filter(BenchSchema.Instance::valid)
                .map(instance -> InstanceText.COMPACT.of(instance.data()))
                .toList();
        return new InfillCase(schema.id(), schema.dataset(), schema.schema(), true, texts);
    }

    /** What it allows. */
    Output<String> output(SchemaOptions options) {
        return isSchema ? Output.jsonSchema(source, options) : Output.grammar(source);
    }
}
