// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Kind;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Endlessly many inputs by number. That of a number depends on the seed, the parts and the number alone. Immutable.
 *
 * @param weights how often each way is taken
 * @param parts what schemas are made of
 * @param seed decides all inputs
 */
public record UnseenInputs(Weights weights, SchemaParts parts, long seed) {

    private static final int TEXTS = 6;

    /** An input. */
    public UnseenInput input(int number) {
        Dice dice = Dice.of(seed, number);
        String id = String.format(Locale.ROOT, "%06d", number);
        return switch (weights.choose("input", dice)) {
            case "grammar" -> {
                ObjectNode grammar = new SchemaMixer(weights, parts, dice).grammar();
                yield shaped(id, Kind.GRAMMAR, grammar, grammar.path("rules").path("root"), dice);
            }
            case "pattern" -> {
                ObjectNode pattern = Json.object();
                pattern.set("shape", new SchemaMixer(weights, parts, dice).pattern());
                yield shaped(id, Kind.PATTERN, pattern, pattern.path("shape"), dice);
            }
            default -> schema(id, dice);
        };
    }

    private UnseenInput schema(String id, Dice dice) {
        SchemaMixer mixer = new SchemaMixer(weights, parts, dice);
        ObjectNode schema = mixer.mix();
        Reading reading = Reading.valueOf(
                weights.choose("reading", dice).toUpperCase(Locale.ROOT).replace('-', '_'));
        InstanceMaker documents = new InstanceMaker(parts, dice, schema);
        TextChanges spelling = new TextChanges(dice);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            texts.add(spelling.spelled(documents.next()));
        }
        return new UnseenInput(
                id,
                Kind.SCHEMA,
                reading,
                schema,
                texts,
                mixer.made(),
                dice.random().nextLong());
    }

    private static UnseenInput shaped(String id, Kind kind, JsonNode tree, JsonNode shape, Dice dice) {
        TextChanges changes = new TextChanges(dice);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String text = ShapeText.example(tree.path("rules"), shape, dice);
            texts.add(dice.once(2) ? text : changes.changed(text));
        }
        String made = kind.name().toLowerCase(Locale.ROOT);
        return new UnseenInput(
                id,
                kind,
                Reading.DECLARED,
                tree,
                texts,
                List.of(made),
                dice.random().nextLong());
    }
}
