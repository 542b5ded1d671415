// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.schemas.options.ExtraKeyword;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reader of the names of keywords that schemas' drafts do not have. */
final class ExtraKeywordConverter implements ITypeConverter<ExtraKeyword> {

    ExtraKeywordConverter() {}

    @Override
    public ExtraKeyword convert(String value) {
        return Arrays.stream(ExtraKeyword.values())
                .filter(keyword -> keyword.text().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("expected "
                        + Arrays.stream(ExtraKeyword.values())
                                .map(ExtraKeyword::text)
                                .collect(Collectors.joining(" or "))
                        + ", not '" + value + "'"));
    }
}
