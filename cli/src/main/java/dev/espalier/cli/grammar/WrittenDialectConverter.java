// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.WrittenDialect;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reader of the names of notations to write grammars in. */
final class WrittenDialectConverter implements ITypeConverter<WrittenDialect> {

    WrittenDialectConverter() {}

    @Override
    public WrittenDialect convert(String value) {
        try {
            return WrittenDialect.named(value);
        } catch (InvalidInputException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
