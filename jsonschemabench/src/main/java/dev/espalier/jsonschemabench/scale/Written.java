// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.scale;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.maskbench.InstanceText;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.schemas.SchemaCompiler;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema with a text that it allows.
 *
 * @param schema its JSON text
 * @param text a value's
 */
record Written(String schema, String text) {

    /**
     * Some schemas of a corpus that compile and have a valid instance, each with its longest.
     *
     * @param most how many
     * @param least bytes that the instance has at least
     * @throws InvalidInputException if there is none
     */
    static List<Written> of(SchemaCorpus corpus, int most, int least, long seed) {
        SchemaCompiler compiler = new SchemaCompiler();
        SchemaCorpus shuffled = corpus.sampled(corpus.size(), seed);
        List<Written> some = new ArrayList<>();
        for (int i = 0; i < shuffled.size() && some.size() < most; i++) {
            BenchSchema schema = shuffled.schema(i);
            String longest = "";
            for (BenchSchema.Instance instance : schema.tests()) {
                String text = InstanceText.OFFICIAL.of(instance.data());
                longest = instance.valid() && text.length() > longest.length() ? text : longest;
            }
            if (longest.length() >= least && compiles(compiler, schema.schema())) {
                some.add(new Written(schema.schema(), longest));
            }
        }
        if (some.isEmpty()) {
            throw new InvalidInputException(
                    "the corpus has no schema with a valid instance of " + least + " characters");
        }
        return some;
    }

    private static boolean compiles(SchemaCompiler compiler, String schema) {
        try {
            compiler.compile(schema, ScaleSettings.OPTIONS);
            return true;
        } catch (EspalierException refused) {
            return false;
        }
    }

    /** The text's tokens, none of which is an end. */
    int[] tokens(TextEncoder encoder) {
        return encoder.encode(text);
    }
}
