// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.dialect.GrammarDialect;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reader of the names of notations for grammars. */
final class DialectConverter implements ITypeConverter<GrammarDialect> {

    DialectConverter() {}

    @Override
    public GrammarDialect convert(String value) {
        try {
            return GrammarDialect.named(value);
        } catch (InvalidInputException unknown) {
            throw new TypeConversionException(unknown.getMessage());
        }
    }
}
