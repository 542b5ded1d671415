// SPDX-License-Identifier: Apache-2.0
package dev.espalier.guide;

import dev.espalier.Output;
import dev.espalier.OutputCompiler;
import dev.espalier.core.error.EspalierException;
import dev.espalier.mask.vocabulary.Vocabulary;

final class ErrorExample {

    // guide: begin
    static String verdict(Vocabulary vocabulary, String schema) {
        try (OutputCompiler compiler = new OutputCompiler(vocabulary)) {
            compiler.compile(Output.jsonSchema(schema));
            return "fine";
        } catch (EspalierException e) {
            return e.code() + ": " + e.getMessage();
        }
    }
    // guide: end

    private ErrorExample() {}
}
