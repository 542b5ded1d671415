// SPDX-License-Identifier: Apache-2.0
package dev.espalier.confidence;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Where a value or a key is in a text, in bytes.
 *
 * @param pointer JSON pointer of the value; of a key that of its member
 * @param isKey whether it is a key
 * @param begin just after the mark before the value, such as a colon: white space before the value belongs to it
 */
record FieldPlace(String pointer, boolean isKey, int begin) {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** The place of the whole of a text that is not JSON. */
    static FieldPlace whole() {
        return new FieldPlace("", false, 0);
    }

    /** The strings, numbers, literals and keys of a JSON text, in the order of the text. */
    static List<FieldPlace> of(byte[] json) {
        List<FieldPlace> places = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() || token == JsonToken.PROPERTY_NAME) {
                    int begin = (int) parser.currentTokenLocation().getByteOffset();
                    while (begin > 0 && ValueText.isSpace(json[begin - 1] & 0xff)) {
                        begin--;
                    }
                    String pointer = parser.streamReadContext().pathAsPointer().toString();
                    places.add(new FieldPlace(pointer, token == JsonToken.PROPERTY_NAME, begin));
                }
            }
        }
        return places;
    }

    /**
     * The place of one value or key.
     *
     * @throws InvalidInputException if there is none
     * @throws UnsupportedFeatureException if it is an object or an array
     */
    static FieldPlace of(byte[] json, String pointer, boolean isKey) {
        List<FieldPlace> places = of(json);
        for (FieldPlace place : places) {
            if (place.isKey == isKey && place.pointer.equals(pointer)) {
                return place;
            }
        }
        if (!isKey && isObjectOrArray(json, pointer)) {
            throw new UnsupportedFeatureException(
                    "confidence of objects and arrays",
                    "confidence is of strings, numbers, literals and keys, and not of a whole object or array; ask for the values in it",
                    Place.pointer("#" + pointer));
        }
        List<String> known = places.stream()
                .filter(place -> place.isKey == isKey)
                .map(FieldPlace::pointer)
                .toList();
        throw new InvalidInputException("the text has no " + (isKey ? "key" : "field") + " at \"" + pointer + "\""
                + NearestName.question(pointer, known));
    }

    private static boolean isObjectOrArray(byte[] json, String pointer) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isEnd = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
                if (isEnd
                        && parser.streamReadContext().pathAsPointer().toString().equals(pointer)) {
                    return true; // at its end, where the path is its own again
                }
            }
        }
        return false;
    }
}
