// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.encoder.model;

import dev.espalier.core.collect.IntList;
import dev.espalier.mask.encoder.split.Pieces;
import java.util.Map;

/** Words that are tokens; all others are the unknown token, or left out if there is none (-1). */
public record WordLevelModel(Map<String, Integer> vocabulary, int unknown) implements TokenModel {

    @Override
    public Pieces into(IntList tokens) {
        return (text, from, to) -> {
            int token = vocabulary.getOrDefault(text.substring(from, to), unknown);
            if (token >= 0) {
                tokens.add(token);
            }
        };
    }
}
