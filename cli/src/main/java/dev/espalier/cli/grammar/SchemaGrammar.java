// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.grammar;

import dev.espalier.automata.convert.FrameGrammar;
import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Grammar;
import dev.espalier.source.CompiledSource;

/** The grammar of a schema, where it has one. */
final class SchemaGrammar {

    private SchemaGrammar() {}

    static Grammar of(CompiledSource source) {
        return FrameGrammar.of(source.automaton(), WorkBudget.standard());
    }
}
