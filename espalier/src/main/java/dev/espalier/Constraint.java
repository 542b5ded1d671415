package dev.espalier;

import dev.espalier.schemas.options.SchemaOptions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a text must be, as the caller wrote it. A value: equal constraints share one compilation. */
sealed interface Constraint {

    /** Roughly how many bytes it keeps in memory, for bounding caches. */
    long size();

    /** The same where keys that a schema does not name may come twice in an object. */
    default Constraint withRepeatedKeys() {
        return this;
    }

    /** A value of a JSON Schema. */
    record Schema(String text, SchemaOptions options) implements Constraint {
        @Override
        public long size() {
            return 2L * text.length();
        }

        @Override
        public Constraint withRepeatedKeys() {
            return new Schema(text, options.withRepeatedKeys(true));
        }
    }

    /** A sentence of a grammar in GBNF, with the constraints that some of its names stand for. */
    record Gbnf(String text, Map<String, Constraint> parts) implements Constraint {
        public Gbnf {
            parts = Collections.unmodifiableMap(new TreeMap<>(parts)); // in one order, for texts that are compared
        }

        @Override
        public long size() {
            return 2L * text.length()
                    + parts.values().stream().mapToLong(Constraint::size).sum();
        }

        @Override
        public Constraint withRepeatedKeys() {
            Map<String, Constraint> repeated = new TreeMap<>();
            parts.forEach((name, part) -> repeated.put(name, part.withRepeatedKeys()));
            return new Gbnf(text, repeated);
        }
    }

    /** A text that a regular expression matches from end to end. */
    record Regex(String pattern) implements Constraint {
        @Override
        public long size() {
            return 2L * pattern.length();
        }
    }

    /** One of some texts. */
    record Texts(List<String> texts) implements Constraint {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public long size() {
            return texts.stream().mapToLong(text -> 2L * text.length() + 32).sum();
        }
    }
}
