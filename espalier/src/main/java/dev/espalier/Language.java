package dev.espalier;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.grammar.Grammar;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
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

    /** Whether some keyword of its schema, or of the schema of a part however deep, is kept in a way. */
    public boolean hasKeywords(Enforcement enforcement) {
        return report.stream()
                        .flatMap(known -> known.entries().stream())
                        .anyMatch(entry -> entry.enforcement() == enforcement)
                || parts.values().stream().anyMatch(part -> part.hasKeywords(enforcement));
    }
}
