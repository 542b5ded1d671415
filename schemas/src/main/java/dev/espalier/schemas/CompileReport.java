package dev.espalier.schemas;

import java.util.List;

/**
 * How each keyword of a schema is kept. Only keywords that constrain values and that the root can reach are listed:
 * annotations ({@code title}, {@code default}, …), unknown keywords, and definitions that nothing refers to say nothing
 * about values.
 *
 * @param draft the draft that the root schema is read by
 * @param entries the keywords in the order in which they were met
 */
public record CompileReport(Draft draft, List<Entry> entries) {

    /** Copies the list. */
    public CompileReport {
        entries = List.copyOf(entries);
    }

    /**
     * One keyword at one place.
     *
     * @param pointer the keyword's JSON pointer as a URI fragment, {@code #/properties/age/minimum}
     * @param keyword its name
     * @param enforcement how it is kept
     * @param reason why it is not kept exactly, or, of one that is, which reading of its definition is kept; else empty
     */
    public record Entry(String pointer, String keyword, Enforcement enforcement, String reason) {}

    /** The entries that are not exact. */
    public List<Entry> inexact() {
        return entries.stream()
                .filter(entry -> entry.enforcement() != Enforcement.EXACT)
                .toList();
    }

    /** Whether every keyword is kept exactly. */
    public boolean isExact() {
        return inexact().isEmpty();
    }
}
