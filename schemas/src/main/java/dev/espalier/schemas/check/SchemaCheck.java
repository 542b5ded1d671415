// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.name.NearestName;
import dev.espalier.schemas.document.DynamicScope;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.document.ScopeUse;
import dev.espalier.schemas.document.Successors;
import dev.espalier.schemas.format.Content;
import dev.espalier.schemas.format.Format;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.PatternTexts;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.span.SpanRule;
import dev.espalier.schemas.string.ReadProduct;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One walk over all schemas that the root reaches: checks their form, resolves their references, and says for each
 * keyword how it can be kept.
 */
public final class SchemaCheck {

    /** The number of alternatives whose diagram stays small, whatever they have in common. */
    private static final int FEW_ALTERNATIVES = 8;

    /** The greatest number of alternatives that is reported: sets of atoms have a bit for each. */
    private static final int MAX_ALTERNATIVES = 1 << 12;

    private static final List<String> KEYWORDS =
            Arrays.stream(Keyword.values()).map(Keyword::text).toList();

    /** The weight of each required different item: one step searches for all of them. */
    private static final int DIFFERENT = 10;

    /** The number of patterns from which the automaton of keys may be large. */
    private static final int MANY_PATTERNS = 4;

    /** The keywords by which a few lines of a schema may mean very much work, beside those with many alternatives. */
    private static final List<Keyword> COSTLY = List.of(
            Keyword.UNIQUE_ITEMS,
            Keyword.CONTAINS,
            Keyword.UNEVALUATED_ITEMS,
            Keyword.UNEVALUATED_PROPERTIES,
            Keyword.IF,
            Keyword.NOT,
            Keyword.DEPENDENT_SCHEMAS,
            Keyword.DYNAMIC_REF);

    private final SchemaDocuments documents;
    private final SchemaOptions options;
    private final Patterns patterns;
    private final WorkBudget budget;
    private final Successors successors;
    private final List<CompileReport.Entry> entries = new ArrayList<>();
    private final Set<JsonValue> judged = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Located> seen = new HashSet<>();
    private final ArrayDeque<Located> open = new ArrayDeque<>();
    private final InPlaceCycles inPlace = new InPlaceCycles();
    /** The schemas of arrays whose items differ. */
    private final List<Located> distinct = new ArrayList<>();

    private final List<Located> patterned = new ArrayList<>();

    private final List<Located> costly = new ArrayList<>();
    /** By entry of the report, the demand on texts that is not regular, if it stands alone. */
    private final Map<Integer, TextKind> readAlone = new HashMap<>();
    /** The demands on texts that are not regular and not enforced while a text is written. */
    private final Set<TextKind> checkedAtEnd = new HashSet<>();

    /** By unknown name, the question whether another was meant; empty if none was. */
    private final Map<String, String> misspelt = new HashMap<>();

    private boolean scoped;
    private int alternatives;
    private boolean unevaluated;
    private boolean loops;

    public SchemaCheck(SchemaDocuments documents, SchemaOptions options, Patterns patterns) {
        this.documents = documents;
        this.successors = new Successors(documents);
        this.options = options;
        this.patterns = patterns;
        this.budget = patterns.budget();
    }

    /**
     * How the keywords are kept.
     *
     * @throws UnsupportedFeatureException if some are kept more weakly than the options allow; names them all
     */
    public CompileReport run() {
        push(documents.root());
        while (!open.isEmpty()) {
            check(open.poll());
        }
        boolean isNeutral = options.least() == Enforcement.NOT_ENFORCED && !unevaluated;
        for (InPlaceCycles.Edge loop : inPlace.check(isNeutral, budget)) {
            loops = true;
            entries.add(new CompileReport.Entry(
                    loop.from().resource().document().uri(),
                    loop.from().pointer().then(loop.keyword().text()),
                    loop.keyword().text(),
                    Enforcement.NOT_ENFORCED,
                    "this applies a schema to itself without going into a child value: read as if it added nothing"));
        }
        readAlone.forEach((index, kind) -> {
            CompileReport.Entry entry = entries.get(index);
            if (checkedAtEnd.contains(kind)) {
                String why = kind.what()
                        + " stands beside a pattern elsewhere, so that it is checked when a text is finished";
                entries.set(index, entry.weakened(Enforcement.CHECKED_AT_END, why));
            }
        });
        CompileReport report = new CompileReport(documents.root().resource().draft(), entries);
        refuse(report);
        return options.repeatedKeys() ? withRepeatedKeys(report) : report;
    }

    /** The report with a note that keys may repeat, for readers of the report who did not set the option. */
    private static CompileReport withRepeatedKeys(CompileReport report) {
        List<CompileReport.Entry> all = new ArrayList<>(report.entries());
        all.add(new CompileReport.Entry(
                "",
                Pointer.ROOT,
                Keyword.ADDITIONAL_PROPERTIES.text(),
                Enforcement.CHECKED_AT_END,
                "a key that the schema does not name may come twice in an object, as if it were two keys"));
        return new CompileReport(report.draft(), all);
    }

    /** The alternatives of unions that have many, up to some thousands; once everything is checked. */
    public int alternatives() {
        return Math.min(alternatives, MAX_ALTERNATIVES);
    }

    /** Whether schemas apply to themselves in place, which adds nothing to them; once everything is checked. */
    public boolean hasLoops() {
        return loops;
    }

    /** Which names of dynamic anchors matter where; once everything is checked. */
    public ScopeUse scopes() {
        return ScopeUse.of(documents, scoped, budget);
    }

    /** The schemas of arrays whose items differ that may have such arrays of their own inside them; once everything is checked. */
    public List<Located> distinctInThemselves() {
        return distinct.stream().filter(this::leadsToItself).toList();
    }

    /** The schemas of objects whose keys are distinguished by several patterns, or all have one; once everything is checked. */
    public List<Located> patterned() {
        return patterned;
    }

    /** The schemas of whose values, or members and items, several schemas are asked; once everything is checked. */
    public List<Located> costly() {
        return costly;
    }

    /** The demands on texts that are only checked when a text is finished; once everything is checked. */
    public Set<TextKind> checkedAtEnd() {
        return checkedAtEnd;
    }

    private static boolean isCostly(Located at) {
        return COSTLY.stream().anyMatch(keyword -> at.get(keyword) != null)
                || Stream.of(Keyword.ALL_OF, Keyword.ANY_OF, Keyword.ONE_OF)
                        .anyMatch(keyword -> at.get(keyword) instanceof JsonValue.Items parts
                                && parts.items().size() > FEW_ALTERNATIVES);
    }

    private static boolean hasManyPatterns(Located at) {
        boolean many = at.get(Keyword.PATTERN_PROPERTIES) instanceof JsonValue.Members patterns
                && patterns.members().size() >= MANY_PATTERNS;
        return many
                || (at.get(Keyword.PROPERTY_NAMES) instanceof JsonValue.Members names
                        && names.members().containsKey(Keyword.PATTERN.text()));
    }

    private boolean leadsToItself(Located start) {
        Set<Located> reached = new HashSet<>();
        ArrayDeque<Located> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty() && !reached.contains(start)) {
            budget.step();
            successors.forEach(next.remove(), (keyword, schema) -> {
                if (reached.add(schema)) {
                    next.add(schema);
                }
            });
        }
        return reached.contains(start);
    }

    private void push(Located schema) {
        if (seen.add(schema)) {
            open.add(schema);
        }
    }

    private void check(Located at) {
        budget.step();
        scoped |= at.scope() != DynamicScope.EMPTY;
        if (at.get(Keyword.UNIQUE_ITEMS) instanceof JsonValue.Literal truth && truth.isTrue() && !at.hidesSiblings()) {
            distinct.add(at);
            checkCount(at);
        }
        if (!at.hidesSiblings() && hasManyPatterns(at)) {
            patterned.add(at);
        }
        if (!at.hidesSiblings() && isCostly(at)) {
            costly.add(at);
        }
        if (judged.add(at.value())) {
            judge(at);
        }
        successors.forEach(at, (keyword, schema) -> {
            push(schema);
            inPlace.add(at, keyword, schema);
        });
    }

    /** Throws if more different items are required than one step can compare. */
    private void checkCount(Located at) {
        JsonValue least = at.get(Keyword.MIN_ITEMS);
        int most = budget.limits().maxStepItems();
        if (least instanceof JsonValue.Numeral number
                && number.value().compareTo(BigDecimal.valueOf(most / DIFFERENT)) > 0) {
            long reached = DIFFERENT
                    * (long) Math.min(Integer.MAX_VALUE, number.value().doubleValue());
            throw new LimitExceededException(
                    "maxStepItems",
                    most,
                    reached,
                    at.resource().document().place(least, at.pointer().then(Keyword.MIN_ITEMS.text())));
        }
    }

    private void judge(Located at) {
        KeywordForms forms = new KeywordForms(at.resource().document());
        forms.checkSchema(at.value(), at.pointer());
        if (!(at.value() instanceof JsonValue.Members object)) {
            return;
        }
        boolean hidden = at.hidesSiblings();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Keyword keyword = at.resource().dialect().keyword(member.getKey());
            if (keyword != null && (!hidden || keyword == Keyword.REF)) {
                Pointer pointer = at.pointer().then(member.getKey());
                forms.check(keyword, member.getValue(), pointer, at.resource().draft());
                judge(keyword, member.getValue(), pointer, at);
            } else if (keyword == null) {
                noteOtherDraft(member.getKey(), member.getValue(), at);
            }
        }
    }

    /** Notes a keyword that another draft would enforce and this one ignores: exact, but often not what was meant. */
    private void noteOtherDraft(String name, JsonValue value, Located at) {
        Draft draft = at.resource().draft();
        Keyword keyword = Keyword.named(name);
        boolean isOldName = name.equals("id") && draft != Draft.DRAFT_4;
        boolean isNewName = name.equals("$id") && draft == Draft.DRAFT_4;
        boolean isName =
                (isOldName || isNewName) && at.pointer().equals(Pointer.ROOT) && value instanceof JsonValue.Text;
        if (!isName && (keyword == null || keyword.isIn(draft))) {
            if (keyword == null) {
                noteMisspelt("an unknown keyword", name, KEYWORDS, at.pointer().then(name), name, at);
            }
            return;
        }
        String drafts =
                isOldName ? Draft.DRAFT_4.text() : isNewName || keyword == null ? "later drafts" : keyword.drafts();
        entries.add(new CompileReport.Entry(
                at.resource().document().uri(),
                at.pointer().then(name),
                name,
                Enforcement.EXACT,
                "an annotation in " + draft.text() + ", without effect; it has one in " + drafts + ": "
                        + (keyword != null && keyword.isOptionOnly()
                                ? "SchemaOptions.withExtraKeywords puts it in force"
                                : Draft.ADVICE)));
    }

    /** Notes an unknown name that is close to a known one. */
    private void noteMisspelt(
            String what, String name, Collection<String> known, Pointer pointer, String keyword, Located at) {
        String meant = misspelt.computeIfAbsent(what + name, unknown -> NearestName.question(name, known));
        if (!meant.isEmpty()) {
            String document = at.resource().document().uri();
            entries.add(new CompileReport.Entry(
                    document, pointer, keyword, Enforcement.EXACT, what + ", without effect" + meant));
        }
    }

    private void judge(Keyword keyword, JsonValue value, Pointer pointer, Located at) {
        String reason = "";
        Enforcement weaker = Enforcement.NOT_ENFORCED;
        switch (keyword) {
            case PATTERN -> {
                Patterns.Pattern searched = pattern(((JsonValue.Text) value).value(), value, pointer, at);
                weaker = searched.kind() != null ? Enforcement.CHECKED_AT_END : weaker;
                reason = searched.reason();
            }
            case PATTERN_PROPERTIES -> {
                for (String name : ((JsonValue.Members) value).members().keySet()) {
                    reason = reason.isEmpty()
                            ? pattern(name, value, pointer.then(name), at).reason()
                            : reason;
                }
            }
            case FORMAT -> {
                String name = ((JsonValue.Text) value).value();
                Format format = Format.of(name);
                if (!(options.formats() || at.resource().dialect().formatsAsserted())) {
                    return;
                } else if (format == null) {
                    noteMisspelt("an unknown format", name, Format.KNOWN.keySet(), pointer, keyword.text(), at);
                    return;
                }
                weaker = Enforcement.CHECKED_AT_END;
                if (format instanceof Format.Read read) {
                    reason = weakness(read.kind(), at);
                } else if (format instanceof Format.Hosts hosts
                        && hosts.isIn(at.resource().draft())) {
                    weaker = patterns.areChecksAllowed() ? weaker : Enforcement.EXACT;
                    reason = hosts.kind().what()
                            + (patterns.areChecksAllowed()
                                    ? " can only be checked when a text is finished"
                                    : ": taken as a label like any other unless checks at the end are allowed");
                }
            }
            case FROM_SOURCE -> checkSource(value, pointer, at);
            case UNEVALUATED_ITEMS, UNEVALUATED_PROPERTIES -> unevaluated = true;
            case ANY_OF, ONE_OF, ALL_OF -> {
                int count = ((JsonValue.Items) value).items().size();
                alternatives += count > FEW_ALTERNATIVES ? Math.min(count, MAX_ALTERNATIVES) + 1 : 0;
            }
            case CONTENT_ENCODING, CONTENT_MEDIA_TYPE, CONTENT_SCHEMA -> {
                if (!options.contents()) {
                    return;
                }
                Content content = Content.of(at.get(Keyword.CONTENT_ENCODING), at.get(Keyword.CONTENT_MEDIA_TYPE));
                TextKind kind = content.kind();
                weaker = keyword == Keyword.CONTENT_MEDIA_TYPE && kind != null ? Enforcement.CHECKED_AT_END : weaker;
                reason = switch (keyword) {
                    case CONTENT_ENCODING -> content.known() == null ? "this encoding is not known" : "";
                    case CONTENT_MEDIA_TYPE ->
                        kind == null
                                ? "texts of this media type, in this encoding, cannot be told from others"
                                : weakness(kind, at);
                    default -> content.mediaType() == null ? "" : "what a text decodes to is not read by a schema";
                };
            }
            default -> {}
        }
        Enforcement enforcement = reason.isEmpty() ? Enforcement.EXACT : weaker;
        String document = at.resource().document().uri();
        entries.add(new CompileReport.Entry(document, pointer, keyword.text(), enforcement, reason));
    }

    /** Throws if a keyword asks for spans of a source that was not given, or that has none. */
    private void checkSource(JsonValue value, Pointer pointer, Located at) {
        if (!SpanRule.asks(value)) {
            return;
        }
        String name = SpanRule.of(value).source();
        String source = options.sources().get(name);
        if (source == null || source.isEmpty()) {
            String what = name.isEmpty() ? "the source" : "the source \"" + name + "\"";
            String message = source == null
                    ? what + " was not given, so that nothing can be quoted from it; SchemaOptions.withSource gives it"
                            + NearestName.question(name, options.sources().keySet())
                    : what + " is empty, so that nothing can be quoted from it";
            throw new ReferenceException(message, at.resource().document().place(value, pointer));
        }
        if (source.length() > budget.limits().maxSourceBytes()) {
            throw new LimitExceededException(
                    "maxSourceBytes",
                    budget.limits().maxSourceBytes(),
                    source.length(),
                    at.resource().document().place(value, pointer));
        }
    }

    /** Why a format that no automaton has is not kept while a text is written; empty if it is. */
    private String weakness(TextKind kind, Located at) {
        JsonValue beside = at.value() instanceof JsonValue.Members object
                ? object.members().get(Keyword.PATTERN.text())
                : null;
        if (!kind.isExact()) {
            checkedAtEnd.add(kind);
            return kind.what() + " can only be checked when a text is finished";
        }
        boolean alone = !(beside instanceof JsonValue.Text pattern)
                || (patterns.search(pattern.value()).texts() instanceof PatternTexts.Regular regular
                        && ReadProduct.isRegular(regular.automaton(), kind, budget));
        if (alone) {
            readAlone.put(entries.size(), kind);
            return "";
        }
        checkedAtEnd.add(kind);
        return kind.what() + " beside a pattern can only be checked when a text is finished";
    }

    private Patterns.Pattern pattern(String pattern, JsonValue value, Pointer pointer, Located at) {
        try {
            return patterns.search(pattern);
        } catch (SyntaxException e) {
            String message = e.getMessage();
            throw at.resource().document().malformed("this pattern is malformed: " + message, value, pointer);
        }
    }

    private void refuse(CompileReport report) {
        CompileReport.Entry first = null;
        StringBuilder all = new StringBuilder();
        int count = 0;
        for (CompileReport.Entry entry : report.entries()) {
            if (entry.enforcement().compareTo(options.least()) <= 0) {
                continue;
            }
            first = first == null ? entry : first;
            if (count++ < 20) {
                all.append("\n  ")
                        .append(shortened(entry.pointer()))
                        .append(": ")
                        .append(shortened(entry.reason()));
            }
        }
        if (first != null) {
            throw refusal(first, count, all);
        }
    }

    private static UnsupportedFeatureException refusal(CompileReport.Entry first, int count, StringBuilder all) {
        String rest = count > 20 ? "\n  and " + (count - 20) + " more" : "";
        return new UnsupportedFeatureException(
                first.keyword(),
                count + (count == 1 ? " keyword" : " keywords")
                        + " cannot be enforced exactly; SchemaOptions.allow lets them pass:" + all + rest,
                dev.espalier.core.error.Place.pointer(first.pointer()));
    }

    private static String shortened(@Nullable String text) {
        return text == null ? "" : text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
