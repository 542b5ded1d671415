// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.schemas.options.CompileReport;

/**
 * A schema as an automaton. Immutable to its users and safe to share between threads; what its states offer is computed
 * when it is first asked for and kept as long as the schema.
 *
 * @param automaton recognises the texts of the values that the schema allows
 * @param report how each keyword is kept
 */
public record CompiledSchema(PushdownAutomaton automaton, CompileReport report) {}
