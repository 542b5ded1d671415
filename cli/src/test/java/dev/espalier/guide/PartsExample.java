// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import java.util.Map;

final class PartsExample {

    // guide: begin
    record Answer(String ticketNumber, boolean urgent) {}

    static String reply(Generator generator, String mail) {
        String gbnf = "root ::= \"Here is the ticket: \" answer \"\\nThank you.\"";
        return generator.generate(mail, Output.grammar(gbnf, Map.of("answer", Output.of(Answer.class))));
    }
    // guide: end

    private PartsExample() {}
}
