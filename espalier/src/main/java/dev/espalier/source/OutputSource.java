// SPDX-License-Identifier: Apache-2.0
package dev.espalier.source;

import dev.espalier.grammar.dialect.GrammarDialect;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.SpanMatch;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The source of an output as the caller wrote it: a schema, a grammar, a structural tag, a pattern, some texts, the spans of one, or any text. Equal
 * sources share one compilation.
 */
public sealed interface OutputSource {

    /** Roughly how many bytes it keeps in memory, for bounding caches. */
    long size();

    /** The sources that names in it stand for. */
    default Map<String, OutputSource> parts() {
        return Map.of();
    }

    /** Whether it is a schema, or has one in it. */
    default boolean hasSchema() {
        return parts().values().stream().anyMatch(OutputSource::hasSchema);
    }

    /** The same with the options of its schemas changed. */
    default OutputSource withOptions(UnaryOperator<SchemaOptions> change) {
        return this;
    }

    /** A value of a JSON Schema. */
    record Schema(String text, SchemaOptions options) implements OutputSource {
        @Override
        public long size() {
            return 2L * text.length()
                    + options.sources().values().stream()
                            .mapToLong(each -> 2L * each.length())
                            .sum();
        }

        @Override
        public boolean hasSchema() {
            return true;
        }

        @Override
        public OutputSource withOptions(UnaryOperator<SchemaOptions> change) {
            return new Schema(text, change.apply(options));
        }
    }

    /**
     * A sentence of a grammar, from the start rule that is named, or the notation's own, with the sources that some of its names stand for.
     *
     * @param folder where the files are that it imports
     */
    record GrammarText(
            String text,
            GrammarDialect dialect,
            Optional<String> root,
            Optional<Path> folder,
            Map<String, OutputSource> parts)
            implements OutputSource {
        public GrammarText {
            parts = Collections.unmodifiableMap(new TreeMap<>(parts)); // in one order, for texts that are compared
        }

        @Override
        public long size() {
            return 2L * text.length()
                    + parts.values().stream().mapToLong(OutputSource::size).sum();
        }

        @Override
        public OutputSource withOptions(UnaryOperator<SchemaOptions> change) {
            Map<String, OutputSource> changed = new TreeMap<>();
            parts.forEach((name, part) -> changed.put(name, part.withOptions(change)));
            return new GrammarText(text, dialect, root, folder, changed);
        }
    }

    /**
     * A text of a structural tag, in its JSON form, with the sources that it names.
     *
     * @param marked the names of spans that are known while the text is written
     */
    record StructuralTag(String json, Map<String, OutputSource> parts, Set<String> marked) implements OutputSource {
        public StructuralTag {
            marked = Collections.unmodifiableSet(new TreeSet<>(marked));
            parts = Collections.unmodifiableMap(new TreeMap<>(parts));
        }

        @Override
        public long size() {
            return 2L * json.length()
                    + parts.values().stream().mapToLong(OutputSource::size).sum();
        }

        @Override
        public OutputSource withOptions(UnaryOperator<SchemaOptions> change) {
            Map<String, OutputSource> changed = new TreeMap<>();
            parts.forEach((name, part) -> changed.put(name, part.withOptions(change)));
            return new StructuralTag(json, changed, marked);
        }
    }

    /** A text that a regular expression matches from end to end. */
    record Regex(String pattern) implements OutputSource {
        @Override
        public long size() {
            return 2L * pattern.length();
        }
    }

    /** One of some texts. */
    record Texts(List<String> texts) implements OutputSource {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public long size() {
            return texts.stream().mapToLong(text -> 2L * text.length() + 32).sum();
        }
    }

    /**
     * A span of a text that is not empty.
     *
     * @param words whether it must not begin or end inside a word
     */
    record Span(String text, SpanMatch match, boolean words) implements OutputSource {
        @Override
        public long size() {
            return 2L * text.length();
        }
    }

    /** A JSON string, with its quotation marks, whose value is a text of another source. */
    record JsonString(OutputSource text) implements OutputSource {
        @Override
        public long size() {
            return text.size() + 32;
        }

        @Override
        public boolean hasSchema() {
            return text.hasSchema();
        }

        @Override
        public OutputSource withOptions(UnaryOperator<SchemaOptions> change) {
            return new JsonString(text.withOptions(change));
        }
    }

    /** Any text. */
    record FreeText() implements OutputSource {
        @Override
        public long size() {
            return 0;
        }
    }
}
