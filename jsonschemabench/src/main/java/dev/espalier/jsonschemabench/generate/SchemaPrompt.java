// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.generate;

import dev.espalier.Output;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sprig.Sprig;
import java.util.Arrays;

/**
 * What a model reads before it writes an instance of a schema: the embedded model the form that it was trained on, any
 * other an instruction with the whole schema. Of a prompt that leaves too little room for the answer, the middle is left
 * out.
 *
 * @param model the model
 * @param embedded whether it is the embedded one
 * @param answer tokens that the prompt leaves for the answer, or else half of the model's context
 */
record SchemaPrompt(LanguageModel model, boolean embedded, int answer) {

    private static final String REQUEST = "Write an example.";
    private static final int LAST = 48;

    /** The tokens of the prompt for a schema. */
    int[] tokens(String schema) {
        int[] prompt = embedded
                ? Sprig.prompt(model, REQUEST, Output.jsonSchema(schema))
                : model.encodePrompt("Write one JSON value that is valid under this JSON Schema, and nothing else.\n\n"
                        + "JSON Schema:\n" + schema + "\n\nJSON value:\n");
        int most = Math.max(model.contextLength() - answer, model.contextLength() / 2);
        return prompt.length <= most ? prompt : shortened(prompt, most);
    }

    private static int[] shortened(int[] prompt, int most) {
        int last = Math.min(LAST, most / 2);
        int[] rest = Arrays.copyOf(prompt, most);
        System.arraycopy(prompt, prompt.length - last, rest, most - last, last);
        return rest;
    }
}
