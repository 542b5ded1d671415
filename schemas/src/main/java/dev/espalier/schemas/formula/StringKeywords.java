// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.formula;

import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.format.Content;
import dev.espalier.schemas.format.Format;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.PatternTexts;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.span.SpanAutomaton;
import dev.espalier.schemas.span.SpanRule;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The meanings of the keywords for strings. Some names of {@code format} speak of numbers. */
final class StringKeywords {

    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Patterns patterns;
    private final Map<String, String> sources;
    private final Map<SpanRule, CharacterAutomaton> spans = new HashMap<>();
    private final boolean formats;
    private final boolean contents;

    StringKeywords(Diagrams diagrams, Atoms atoms, Patterns patterns, SchemaOptions options) {
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.patterns = patterns;
        this.sources = options.sources();
        this.formats = options.formats();
        this.contents = options.contents();
    }

    void minLength(SchemaNode schema, JsonValue value, Conjunction all) {
        int count = Meaning.count(value);
        if (count > 0) {
            all.add(JsonType.STRING, atoms.truth(new Atom.Length(count)));
        }
    }

    void maxLength(SchemaNode schema, JsonValue value, Conjunction all) {
        all.add(JsonType.STRING, atoms.not(new Atom.Length(Meaning.count(value) + 1)));
    }

    void pattern(SchemaNode schema, JsonValue value, Conjunction all) {
        Patterns.Pattern searched = patterns.search(((JsonValue.Text) value).value());
        TextKind kind = searched.kind();
        if (searched.isExact()) {
            all.add(JsonType.STRING, truth(searched.texts()));
        } else if (kind != null) {
            all.add(JsonType.STRING, atoms.truth(new Atom.Read(kind)));
        }
    }

    /** The diagram of texts that match a pattern. */
    private int truth(PatternTexts texts) {
        if (texts instanceof PatternTexts.Regular regular) {
            return atoms.text(regular.automaton());
        } else if (texts instanceof PatternTexts.Read read) {
            return atoms.truth(new Atom.Read(read.kind()));
        } else if (texts instanceof PatternTexts.Both both) {
            return diagrams.and(both.parts().stream().mapToInt(this::truth).toArray());
        } else if (texts instanceof PatternTexts.Either either) {
            return diagrams.or(either.parts().stream().mapToInt(this::truth).toArray());
        }
        return diagrams.not(truth(((PatternTexts.Not) texts).part()));
    }

    void format(SchemaNode schema, JsonValue value, Conjunction all) {
        boolean isAsserted = formats || schema.resource().dialect().formatsAsserted();
        Format format = isAsserted ? Format.of(((JsonValue.Text) value).value()) : null;
        if (format != null) {
            add(format, schema.resource().draft(), all);
        }
    }

    void contentEncoding(SchemaNode schema, JsonValue value, Conjunction all) {
        content(schema, value, schema.get(Keyword.CONTENT_MEDIA_TYPE), all);
    }

    /** With an encoding the two are read together. */
    void contentMediaType(SchemaNode schema, JsonValue value, Conjunction all) {
        if (schema.get(Keyword.CONTENT_ENCODING) == null) {
            content(schema, null, value, all);
        }
    }

    void fromSource(SchemaNode schema, JsonValue value, Conjunction all) {
        if (SpanRule.asks(value)) {
            SpanRule rule = SpanRule.of(value);
            String source = Objects.requireNonNull(sources.get(rule.source()));
            all.add(
                    JsonType.STRING,
                    atoms.text(spans.computeIfAbsent(rule, r -> SpanAutomaton.of(source, r, patterns.budget()))));
        }
    }

    private void content(
            SchemaNode schema, @Nullable JsonValue encoding, @Nullable JsonValue mediaType, Conjunction all) {
        if (contents) {
            Content.of(encoding, mediaType)
                    .formats()
                    .forEach(content -> add(content, schema.resource().draft(), all));
        }
    }

    private void add(Format format, Draft draft, Conjunction all) {
        if (format instanceof Format.Integers integers) {
            all.add(JsonType.NUMBER, atoms.number(new NumberTest.Integral(false)));
            all.add(JsonType.NUMBER, atoms.number(new NumberTest.AtLeast(new BigDecimal(integers.least()))));
            int above = atoms.number(new NumberTest.Above(new BigDecimal(integers.most())));
            all.add(JsonType.NUMBER, diagrams.not(above));
        } else if (format instanceof Format.Read read) {
            if (!read.pattern().isEmpty()) {
                all.add(
                        JsonType.STRING,
                        atoms.text(patterns.format(read.pattern()).automaton(patterns.budget())));
            }
            all.add(JsonType.STRING, atoms.truth(new Atom.Read(read.kind())));
        } else if (format instanceof Format.Hosts hosts) {
            all.add(JsonType.STRING, atoms.text(patterns.format(hosts.pattern()).automaton(patterns.budget())));
            all.add(JsonType.STRING, atoms.not(new Atom.Length(hosts.maxLength() + 1)));
            if (patterns.areChecksAllowed() && hosts.isIn(draft)) {
                int encoded = atoms.text(patterns.search(hosts.encoded()).automaton(patterns.budget()));
                int good = atoms.truth(new Atom.Read(hosts.kind()));
                all.add(JsonType.STRING, diagrams.or(diagrams.not(encoded), good));
            }
        } else if (format instanceof Format.Texts texts) {
            all.add(JsonType.STRING, atoms.text(patterns.format(texts.pattern()).automaton(patterns.budget())));
            if (texts.maxLength() >= 0) {
                all.add(JsonType.STRING, atoms.not(new Atom.Length(texts.maxLength() + 1)));
            }
        }
    }
}
