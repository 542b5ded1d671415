// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.Request;
import dev.espalier.ValueStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;

final class ElementsExample {

    // README: elements
    record Item(String description, int quantity, BigDecimal unitPrice) {}

    record Invoice(String customer, List<Item> items, BigDecimal total) {}

    static Invoice streamed(Generator generator, String mail, Consumer<Object> screen) {
        try (ValueStream<Invoice> stream = generator.stream(Request.of(mail, Output.of(Invoice.class)))) {
            stream.onValue(Invoice::customer, name -> screen.accept(name));
            stream.onElement(Invoice::items, item -> screen.accept(item));
            return stream.await().orElseThrow();
        }
    }
    // end

    private ElementsExample() {}
}
