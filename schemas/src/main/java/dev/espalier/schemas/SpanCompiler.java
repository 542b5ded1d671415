// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.Place;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.SpanMatch;
import dev.espalier.schemas.span.SpanAutomaton;
import dev.espalier.schemas.span.SpanRule;
import dev.espalier.schemas.span.SpanTexts;
import java.util.List;
import java.util.Objects;

/**
 * Compiles sources to automata of their spans as plain text: what a name of a grammar may stand for. For strings in JSON see {@link
 * SchemaOptions#withSource}.
 */
public final class SpanCompiler {

    private SpanCompiler() {}

    /**
     * The spans of a source that are not empty, in UTF-8. Cost: some tens of milliseconds for 100,000 characters.
     *
     * @param words whether a span must not begin or end inside a word: between two letters, digits, marks or connecting punctuation
     * @throws InvalidInputException if the source is empty or has half of a surrogate pair
     * @throws LimitExceededException past {@code maxSourceBytes}, counted in {@code char}s, {@code maxAutomatonStates} or {@code maxCompileBytes}
     */
    public static PushdownAutomaton compile(String source, SpanMatch match, boolean words, WorkBudget budget) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(match, "match");
        if (source.isEmpty()) {
            throw new InvalidInputException("the source is empty, so that nothing can be quoted from it");
        }
        SchemaOptions unused = SchemaOptions.DEFAULT.withSource(source); // checks it
        if (source.length() > budget.limits().maxSourceBytes()) {
            throw new LimitExceededException(
                    "maxSourceBytes", budget.limits().maxSourceBytes(), source.length(), Place.UNKNOWN);
        }
        SpanRule rule = new SpanRule(SpanRule.DEFAULT_SOURCE, match == SpanMatch.FOLDED, words);
        return budget.meter().run(() -> {
            SpanTexts texts = new SpanTexts(SpanAutomaton.of(source, rule, budget), budget);
            return new PushdownAutomaton(texts.start(), List.of(), texts::bytes);
        });
    }
}
