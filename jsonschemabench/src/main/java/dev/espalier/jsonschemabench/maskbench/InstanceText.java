// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.jsonschemabench.corpus.RawJson;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;

/** How the JSON text of an instance is written. */
public enum InstanceText {
    /** As Python's {@code json.dumps(data, ensure_ascii=False)} does it: {@code ", "} and {@code ": "}. MaskBench's form. */
    OFFICIAL(Separators.Spacing.AFTER, WhiteSpace.ANY),
    /** Without any white space. */
    COMPACT(Separators.Spacing.NONE, WhiteSpace.COMPACT);

    private static final JsonMapper MAPPER = JsonMapper.builder(RawJson.FACTORY
                    .rebuild()
                    .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                    .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
                    .build())
            .build();

    private final Separators separators;
    private final WhiteSpace whiteSpace;

    InstanceText(Separators.Spacing spacing, WhiteSpace whiteSpace) {
        this.separators = new Separators()
                .withObjectNameValueSpacing(spacing)
                .withObjectEntrySpacing(spacing)
                .withArrayElementSpacing(spacing)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        this.whiteSpace = whiteSpace;
    }

    /**
     * The options under which a schema allows valid values in this form: its white space, characters and numbers in any spelling, since Python
     * writes small numbers as {@code 1e-06}.
     */
    public SchemaOptions options() {
        return SchemaOptions.DEFAULT
                .withWhiteSpace(whiteSpace)
                .withSpelling(Spelling.ANY)
                .withNumberSpelling(NumberSpelling.ANY);
    }

    /**
     * Writes a JSON text in this form. Members keep their order, integers their digits, floats become the shortest
     * decimal as Python prints it.
     *
     * @param json one well-formed JSON value
     */
    public String of(String json) {
        DefaultPrettyPrinter form = new DefaultPrettyPrinter(separators)
                .withObjectIndenter(DefaultPrettyPrinter.NopIndenter.instance())
                .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance());
        StringWriter text = new StringWriter(json.length() + 16);
        try (JsonParser in = MAPPER.createParser(json);
                JsonGenerator out = MAPPER.writer().with(form).createGenerator(text)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                switch (token) {
                    case VALUE_NUMBER_INT -> out.writeNumber(in.getString());
                    case VALUE_NUMBER_FLOAT -> out.writeNumber(python(in.getDoubleValue()));
                    default -> out.copyCurrentEvent(in);
                }
            }
        }
        return text.toString();
    }

    /** A float as Python's {@code repr} prints it: with an exponent below 1e-4 and from 1e16. */
    static String python(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        BigDecimal decimal = shortest(value).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = decimal.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String digits = decimal.unscaledValue().abs().toString();
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return (value < 0 ? "-" : "")
                + mantissa
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** The decimal with the fewest digits that reads as this double, of these the nearest: before Java 19 its own is often longer. */
    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal below = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal above = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean nearerBelow =
                    exact.subtract(below).abs().compareTo(above.subtract(exact).abs()) <= 0;
            BigDecimal near = nearerBelow ? below : above;
            BigDecimal far = nearerBelow ? above : below;
            if (near.doubleValue() == value) {
                return near;
            } else if (far.doubleValue() == value) { // next to a power of two the nearer one may be another double
                return far;
            }
        }
        return exact.round(new MathContext(17));
    }
}
