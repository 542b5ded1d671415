package dev.espalier;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.grammar.Grammar;
import dev.espalier.schemas.CompileReport;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an output allows, as bytes: no vocabulary yet. Immutable; may be shared between threads.
 *
 * @param automaton recognises exactly the allowed texts
 * @param grammar the grammar that was read; empty for schemas
 * @param report how each keyword is kept; empty for all but schemas
 * @param parts what names of the grammar stand for that have no rule
 */
public record Language(
        PushdownAutomaton automaton,
        Optional<Grammar> grammar,
        Optional<CompileReport> report,
        Map<String, Language> parts) {

    /** Copies the map. */
    public Language {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }
}
