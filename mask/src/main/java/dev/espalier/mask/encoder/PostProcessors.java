// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder;

import dev.espalier.mask.file.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the {@code post_processor} of a {@code tokenizer.json}: the tokens around a single text. */
final class PostProcessors {

    private PostProcessors() {}

    /** The tokens; none without the member. */
    static PromptEnds read(Optional<JsonTree> tree, int tokens) {
        return tree.isEmpty() ? PromptEnds.NONE : of(tree.get(), tokens);
    }

    private static PromptEnds of(JsonTree tree, int tokens) {
        String type = tree.type();
        return switch (type) {
            case "Sequence" -> {
                PromptEnds ends = PromptEnds.NONE;
                for (JsonTree step : tree.children("processors")) {
                    ends = ends.within(of(step, tokens));
                }
                yield ends;
            }
            case "TemplateProcessing" -> template(tree, tokens);
            case "BertProcessing", "RobertaProcessing" ->
                new PromptEnds(List.of(tree.indexOfPair("cls", tokens)), List.of(tree.indexOfPair("sep", tokens)));
            case "ByteLevel" -> PromptEnds.NONE;
            default -> throw tree.refused(type, "the post-processor " + type + " is not supported");
        };
    }

    private static PromptEnds template(JsonTree tree, int tokens) {
        JsonTree special = tree.child("special_tokens").orElseThrow(() -> tree.wrong("special_tokens", "an object"));
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        int texts = 0;
        for (JsonTree piece : tree.children("single")) {
            Optional<JsonTree> token = piece.child("SpecialToken");
            if (token.isPresent()) {
                (texts == 0 ? before : after).addAll(ids(token.get(), special, tokens));
            } else if (piece.child("Sequence").isPresent()) {
                texts++;
            } else {
                throw piece.wrong("SpecialToken", "it, or Sequence");
            }
        }
        if (texts != 1) {
            throw tree.wrong("single", "the text once");
        }
        return new PromptEnds(before, after);
    }

    private static List<Integer> ids(JsonTree token, JsonTree special, int tokens) {
        String name = token.text("id").orElseThrow(() -> token.wrong("id", "a name"));
        return special.child(name)
                .orElseThrow(() -> special.wrong(name, "a special token with its ids"))
                .indices("ids", tokens);
    }
}
