// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many there shall be of what there must be one of. */
public final class AtLeastOne implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw expected(value);
        }
        throw expected(value);
    }

    private static TypeConversionException expected(String value) {
        return new TypeConversionException("expected a whole number of at least 1, not " + value);
    }
}
