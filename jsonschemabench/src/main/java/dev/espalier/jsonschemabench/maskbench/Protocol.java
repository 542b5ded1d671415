// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import dev.espalier.core.Limits;
import dev.espalier.mask.GrammarCompiler;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.SchemaCompiler;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;

/**
 * How schemas are read, and their instances.
 *
 * @param vocabulary the tokens
 * @param encoder the same vocabulary's tokenizer; thread-safe
 * @param options how schemas are read; {@link Limits#compileDeadline()} of their limits is the time for one reading of a
 *     schema. Keywords that the engine can only check when a text is finished are let pass: its verdict is right all the same
 * @param form how instances are written
 */
public record Protocol(Vocabulary vocabulary, TextEncoder encoder, SchemaOptions options, InstanceText form) {

    /** Lets pass what is checked at the end. */
    public Protocol {
        options = options.allow(Enforcement.CHECKED_AT_END);
    }

    /** An engine that has seen nothing. */
    Engine engine() {
        return new Engine(new SchemaCompiler(), new GrammarCompiler(vocabulary, options.limits()));
    }

    int[] tokens(String json) {
        return encoder.encode(form.of(json));
    }
}
