// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Generator;
import dev.espalier.Output;
import java.util.Map;

final class QuotedTextExample {

    // guide: begin
    static String answer(Generator generator, String letter, String question) {
        String gbnf = "root ::= \"They wrote: '\" quote \"'.\"";
        return generator.generate(question, Output.grammar(gbnf, Map.of("quote", Output.fromSource(letter))));
    }
    // guide: end

    private QuotedTextExample() {}
}
