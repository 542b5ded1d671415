// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sprig;

import dev.espalier.Output;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.source.OutputSource;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The prompt of the embedded models: {@code <|schema|>}, the short form of the schema, {@code <|text|>}, the text,
 * {@code <|json|>}. The three markers are control tokens, which no text can spell.
 *
 * @param vocabulary the model's tokens
 * @param encoder the model's tokenizer
 */
record SprigPrompt(Vocabulary vocabulary, TextEncoder encoder) {

    /** The prompt with as many levels of references as fit into so many tokens, or else with none of them. */
    int[] tokens(String prompt, Output<?> output, int most) {
        IntFunction<String> described = described(output);
        int[] text = encoder.encode(prompt.stripTrailing());
        int[] tokens = tokens(described.apply(0), text);
        for (int depth = 1; depth <= ShortForm.MAX_REF_DEPTH; depth++) {
            try {
                int[] more = tokens(described.apply(depth), text);
                if (more.length > most) {
                    break;
                }
                tokens = more;
            } catch (LimitExceededException e) {
                break; // more levels repeat the schema even more often
            }
        }
        return tokens;
    }

    private int[] tokens(String described, int[] text) {
        IntStream.Builder tokens = IntStream.builder();
        append("<|schema|>", encoder.encode(described), tokens);
        append("<|text|>", text, tokens);
        append("<|json|>", encoder.encode(""), tokens);
        return tokens.build().toArray();
    }

    /** How an output is described with so many levels of references. */
    private static IntFunction<String> described(Output<?> output) {
        OutputSource source = output.answer().source();
        if (source instanceof OutputSource.Schema schema) {
            JsonNode root = JsonMapper.shared().readTree(schema.text());
            return depth -> ShortForm.of(root, depth);
        }
        String described = source instanceof OutputSource.Texts texts ? String.join("|", texts.texts()) : "string";
        return depth -> described;
    }

    private void append(String marker, int[] text, IntStream.Builder tokens) {
        tokens.add(vocabulary
                .specialId(marker)
                .orElseThrow(() -> new ModelException("the embedded model has no token " + marker)));
        for (int token : text) {
            tokens.add(token);
        }
    }
}
