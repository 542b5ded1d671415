// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import java.time.DateTimeException;
import java.time.Year;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads a year from an integer in any spelling; Jackson's own reader has no {@code 2026.0}. */
final class YearReader extends StdScalarDeserializer<Year> {

    YearReader() {
        super(Year.class);
    }

    @Override
    public Year deserialize(JsonParser parser, DeserializationContext context) {
        int year = _parseIntPrimitive(parser, context);
        try {
            return Year.of(year);
        } catch (DateTimeException e) {
            return (Year) context.handleWeirdNumberValue(Year.class, year, "not a year");
        }
    }
}
