// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.options;

import dev.espalier.SchemaForm;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the names of forms of schemas. */
final class SchemaFormConverter implements ITypeConverter<SchemaForm> {

    @Override
    public SchemaForm convert(String name) {
        for (SchemaForm form : SchemaForm.values()) {
            if (form.name().replace('_', '-').toLowerCase(Locale.ROOT).equals(name)) {
                return form;
            }
        }
        throw new TypeConversionException("expected json-schema, example, record or none, but was '" + name + "'");
    }
}
