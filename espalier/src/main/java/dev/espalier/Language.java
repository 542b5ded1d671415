package dev.espalier;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.grammar.Grammar;
import dev.espalier.schemas.CompileReport;
import java.util.Optional;

/**
 * What an output allows, as bytes: no vocabulary yet. Immutable; may be shared between threads.
 *
 * @param automaton recognises exactly the allowed texts
 * @param grammar the grammar that was read; empty for schemas
 * @param report how each keyword is kept; empty for all but schemas
 */
public record Language(PushdownAutomaton automaton, Optional<Grammar> grammar, Optional<CompileReport> report) {}
