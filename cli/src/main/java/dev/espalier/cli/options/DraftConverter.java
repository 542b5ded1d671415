// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.schemas.options.Draft;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reader of {@code 7} or {@code 2020-12} as a draft of JSON Schema. */
final class DraftConverter implements ITypeConverter<Draft> {

    DraftConverter() {}

    @Override
    public Draft convert(String value) {
        return switch (value) {
            case "4" -> Draft.DRAFT_4;
            case "6" -> Draft.DRAFT_6;
            case "7" -> Draft.DRAFT_7;
            case "2019-09" -> Draft.DRAFT_2019_09;
            case "2020-12" -> Draft.DRAFT_2020_12;
            default -> throw new TypeConversionException("expected 4, 6, 7, 2019-09 or 2020-12, not '" + value + "'");
        };
    }
}
