// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.sprig.Sprig;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

final class TypesExample {

    // README: types
    enum Currency {
        EUR,
        USD,
        GBP
    }

    record Item(String description, int quantity, BigDecimal unitPrice) {}

    record Invoice(String customer, LocalDate date, List<Item> items, Currency currency, Optional<String> note) {}

    static Invoice read(String mail) {
        try (Generator generator = Sprig.generator()) {
            return generator.generate(mail, Output.of(Invoice.class));
        }
    }
    // end

    private TypesExample() {}
}
