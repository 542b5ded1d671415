// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.schemas.options.Enforcement;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A reader of names such as {@code not-enforced} as enforcements. */
final class EnforcementConverter implements ITypeConverter<Enforcement> {

    EnforcementConverter() {}

    @Override
    public Enforcement convert(String value) {
        return switch (value) {
            case "exact" -> Enforcement.EXACT;
            case "checked-at-end" -> Enforcement.CHECKED_AT_END;
            case "not-enforced" -> Enforcement.NOT_ENFORCED;
            default ->
                throw new TypeConversionException(
                        "expected exact, checked-at-end or not-enforced, not '" + value + "'");
        };
    }
}
