// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import java.util.List;
import java.util.Objects;

/**
 * A report of how each keyword of a schema is enforced. It lists only keywords that constrain values and that the root can reach: annotations
 * ({@code title}, {@code default}, …), unknown keywords, and definitions without references say nothing about values. Keywords that only other
 * drafts have are listed as exact, with a reason: they are annotations in this draft.
 *
 * @param draft the draft by which the root schema is read
 * @param entries the keywords in the order in which they were met
 */
public record CompileReport(Draft draft, List<Entry> entries) {

    /** Copies the list. */
    public CompileReport {
        entries = List.copyOf(entries);
    }

    /** A keyword at a place. Its pointer becomes text only when it is asked for, since the pointers of a deep schema are long. */
    public static final class Entry {

        private final String document;
        private final Object pointer;
        private final String keyword;
        private final Enforcement enforcement;
        private final String reason;

        /**
         * A keyword at a place.
         *
         * @param document the URI of the document; empty for the schema itself
         * @param pointer an object whose {@code toString} is the keyword's JSON pointer
         * @param keyword its name
         * @param enforcement how it is enforced
         * @param reason see {@link #reason}
         */
        public Entry(String document, Object pointer, String keyword, Enforcement enforcement, String reason) {
            this.document = document;
            this.pointer = pointer;
            this.keyword = keyword;
            this.enforcement = enforcement;
            this.reason = reason;
        }

        /** The same keyword, enforced more weakly. */
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

        /** How it is enforced. */
        public Enforcement enforcement() {
            return enforcement;
        }

        /** Why it is not enforced exactly; for an exact keyword, which reading of its definition is enforced, if that needs saying; else empty. */
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

    /** Whether every keyword is enforced exactly. */
    public boolean isExact() {
        return inexact().isEmpty();
    }
}
