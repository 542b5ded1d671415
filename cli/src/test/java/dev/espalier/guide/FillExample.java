// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Infiller;
import dev.espalier.Infilling;
import dev.espalier.InfillingRequest;
import dev.espalier.Output;

final class FillExample {

    // guide: begin
    record Person(String name, int age) {}

    static Person fill(Infiller infiller, String text) {
        String canvas = "{\"name\":\"[[1-8]]\",\"age\":[[1-3]]}";
        Infilling<Person> filled = infiller.infill(InfillingRequest.of(text, Output.of(Person.class), canvas));
        return filled.orElseThrow(); // an UnsatisfiableException says how many slots are needed
    }
    // guide: end

    private FillExample() {}
}
