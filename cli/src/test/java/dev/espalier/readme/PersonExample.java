// SPDX-License-Identifier: Apache-2.0
package dev.espalier.readme;

import dev.espalier.Generator;
import dev.espalier.Output;
import dev.espalier.sprig.Sprig;

final class PersonExample {

    // README: person
    record Person(String name, int age) {}

    static Person person(String text) {
        try (Generator generator = Sprig.generator()) {
            return generator.generate(text, Output.of(Person.class));
        }
    }
    // end

    private PersonExample() {}
}
