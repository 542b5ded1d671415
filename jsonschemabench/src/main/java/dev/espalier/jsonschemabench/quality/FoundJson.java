// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.quality;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The first object or array in a text, whatever stands around it: prose, a code fence, or nothing. */
final class FoundJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FoundJson() {}

    /** Its text as it stands there; empty if there is none that is whole. Cost: quadratic in opening brackets. */
    static Optional<String> in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '{' || text.charAt(i) == '[') {
                Optional<String> found = from(text.substring(i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> from(String text) {
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getCharOffset();
            return Optional.of(text.substring(0, end));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
