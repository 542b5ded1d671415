// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import dev.espalier.confidence.FieldLaws;
import dev.espalier.core.error.IncompleteException;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.sampler.Outcome;
import dev.espalier.sampler.sequence.ModelTree;
import dev.espalier.source.OutputSource;
import java.util.function.Function;

/** Where the laws of a generation's fields come from. */
interface FieldConfidence {

    /** Of texts whose law is another than that of texts written from left to right. */
    FieldConfidence NONE = new FieldConfidence() {
        @Override
        public <R> R ask(Outcome outcome, Function<FieldLaws, R> question) {
            throw new InvalidInputException(
                    "confidence is of whole texts that were written from left to right, without gaps");
        }
    };

    /** Answers a question about the fields of what was written. */
    <R> R ask(Outcome outcome, Function<FieldLaws, R> question);

    /**
     * The laws of what a generator wrote.
     *
     * @param generator asked again
     * @param request what it was asked
     */
    record OfRequest(Generator generator, Request<?> request) implements FieldConfidence {

        @Override
        public <R> R ask(Outcome outcome, Function<FieldLaws, R> question) {
            if (!outcome.isComplete()) {
                throw new IncompleteException("confidence is of whole texts, and this one ended before it was whole");
            }
            if (!request.stops().isEmpty()) {
                throw new InvalidInputException(
                        "confidence is of whole texts, and this one may have been ended by a stop");
            }
            if (request.output().answer() != request.output()) {
                throw new UnsupportedFeatureException(
                        "confidence", "confidence is of answers without reasoning before them", Place.UNKNOWN);
            }
            int[] tokens = outcome.transcript().tokens().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            boolean isJson = request.output().source() instanceof OutputSource.Schema;
            try (ModelTree tree = generator.tree(request)) {
                return question.apply(new FieldLaws(tree, generator.compiler().vocabulary(), tokens, isJson));
            }
        }
    }
}
