package dev.espalier.schemas.options;

import java.util.List;
import java.util.Objects;

/**
 * How each keyword of a schema is kept. Only keywords that constrain values and that the root can reach are listed:
 * annotations ({@code title}, {@code default}, …), unknown keywords, and definitions that nothing refers to say nothing
 * about values. Keywords that only other drafts know are listed as exact, with a reason: they are annotations in this one.
 *
 * @param draft the draft that the root schema is read by
 * @param entries the keywords in the order in which they were met
 */
public record CompileReport(Draft draft, List<Entry> entries) {

    /** Copies the list. */
    public CompileReport {
        entries = List.copyOf(entries);
    }

    /** One keyword at one place. Its pointer is written when it is asked for: in a deep schema all of them are long. */
    public static final class Entry {

        private final String document;
        private final Object pointer;
        private final String keyword;
        private final Enforcement enforcement;
        private final String reason;

        /**
         * A keyword at a place.
         *
         * @param document where the document is from; empty for the schema itself
         * @param pointer what writes the keyword's JSON pointer as its text
         * @param keyword its name
         * @param enforcement how it is kept
         * @param reason as {@link #reason} says
         */
        public Entry(String document, Object pointer, String keyword, Enforcement enforcement, String reason) {
            this.document = document;
            this.pointer = pointer;
            this.keyword = keyword;
            this.enforcement = enforcement;
            this.reason = reason;
        }

        /** The same keyword, kept more weakly. */
        public Entry weakened(Enforcement other, String why) {
            return new Entry(document, pointer, keyword, other, why);
        }

        /** The keyword's JSON pointer as a URI fragment, {@code #/properties/age/minimum}. Cost: its length. */
        public String pointer() {
            return document + pointer;
        }

        /** Its name. */
        public String keyword() {
            return keyword;
        }

        /** How it is kept. */
        public Enforcement enforcement() {
            return enforcement;
        }

        /** Why it is not kept exactly, or, of one that is, which reading of its definition is kept; else empty. */
        public String reason() {
            return reason;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && keyword.equals(that.keyword)
                    && enforcement == that.enforcement
                    && reason.equals(that.reason)
                    && pointer().equals(that.pointer());
        }

        @Override
        public int hashCode() {
            return Objects.hash(pointer(), keyword, enforcement, reason);
        }

        @Override
        public String toString() {
            return pointer() + " " + enforcement + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

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
