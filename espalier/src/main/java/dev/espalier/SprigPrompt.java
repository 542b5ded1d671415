package dev.espalier;

import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ModelException;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.stream.IntStream;

/**
 * The prompt of the embedded models: {@code <|schema|>}, the short form of the schema, {@code <|text|>}, the text,
 * {@code <|json|>}. The three markers are control tokens, which no text can spell.
 *
 * @param vocabulary the model's tokens
 * @param encoder the model's tokenizer
 */
record SprigPrompt(Vocabulary vocabulary, TextEncoder encoder) {

    /** The prompt with as many levels of references as fit into so many tokens, or else with none of them. */
    int[] tokens(String prompt, Constraint constraint, int most) {
        String text = prompt.stripTrailing();
        int[] tokens = tokens(described(constraint, 0), text);
        for (int depth = 1; depth <= ShortForm.MAX_REF_DEPTH; depth++) {
            try {
                int[] more = tokens(described(constraint, depth), text);
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

    private int[] tokens(String described, String text) {
        IntStream.Builder tokens = IntStream.builder();
        append("<|schema|>", described, tokens);
        append("<|text|>", text, tokens);
        append("<|json|>", "", tokens);
        return tokens.build().toArray();
    }

    private static String described(Constraint constraint, int maxRefDepth) {
        if (constraint instanceof Constraint.Schema schema) {
            return ShortForm.of(schema.text(), maxRefDepth);
        }
        return constraint instanceof Constraint.Texts texts ? String.join("|", texts.texts()) : "string";
    }

    private void append(String marker, String text, IntStream.Builder tokens) {
        tokens.add(vocabulary
                .specialId(marker)
                .orElseThrow(() -> new ModelException("the embedded model has no token " + marker)));
        for (int token : encoder.encode(text)) {
            tokens.add(token);
        }
    }
}
