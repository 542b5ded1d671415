// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.grammar.Syntax;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The automaton of an output over bytes, with the grammar or the schema that it was compiled from: no vocabulary yet. Immutable to its
 * users; may be shared between threads, and compiled for any number of vocabularies.
 *
 * @param source what was compiled
 * @param automaton recognises exactly the allowed texts
 * @param grammar the grammar that was read; empty for schemas and for spans
 * @param report how each keyword is kept; empty for all but schemas
 * @param parts what names of the grammar stand for that have no rule
 * @param compileTime how long reading and compiling took
 */
public record CompiledSource(
        OutputSource source,
        PushdownAutomaton automaton,
        Optional<Syntax> grammar,
        Optional<CompileReport> report,
        Map<String, CompiledSource> parts,
        Duration compileTime) {

    /** Copies the map. */
    public CompiledSource {
        parts = Collections.unmodifiableMap(new TreeMap<>(parts));
    }

    /** Whether some keyword of its schema, or of the schema of a part however deep, is kept in a way. */
    public boolean hasKeywords(Enforcement enforcement) {
        return report.stream()
                        .flatMap(known -> known.entries().stream())
                        .anyMatch(entry -> entry.enforcement() == enforcement)
                || parts.values().stream().anyMatch(part -> part.hasKeywords(enforcement));
    }

    /**
     * Checks a whole text against those keywords of its schema that were not enforced. Those of parts are not looked at.
     *
     * @throws InvalidInputException if the text breaks one; says where and why
     */
    public void checkNotEnforced(String text) {
        if (report.isPresent()
                && source instanceof OutputSource.Schema written
                && hasKeywords(Enforcement.NOT_ENFORCED)) {
            List<SchemaFaults.Fault> faults =
                    SchemaFaults.of(written, report.get().draft(), false, text);
            if (!faults.isEmpty()) {
                SchemaFaults.Fault first = faults.get(0);
                throw new InvalidInputException("the finished value breaks a keyword that was not enforced: #"
                        + first.pointer() + ": " + first.message());
            }
        }
    }

    /** Estimated bytes that it holds now, parts and what was learned since included. Safe for any thread. Cost: constant for each part. */
    public long estimatedBytes() {
        return automaton.estimatedBytes()
                + parts.values().stream()
                        .mapToLong(CompiledSource::estimatedBytes)
                        .sum();
    }
}
