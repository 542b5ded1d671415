package dev.espalier.schemas;

import dev.espalier.grammar.WorkBudget;
import dev.espalier.grammar.error.SyntaxException;
import dev.espalier.grammar.error.UnsupportedFeatureException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over all schemas that the root reaches: checks their form, resolves their references, and says for each
 * keyword how it can be kept.
 */
final class SchemaCheck {

    private final SchemaDocument document;
    private final SchemaOptions options;
    private final Patterns patterns;
    private final WorkBudget budget;
    private final KeywordForms forms;
    private final List<CompileReport.Entry> entries = new ArrayList<>();
    private final Set<JsonValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ArrayDeque<SchemaDocument.Located> open = new ArrayDeque<>();
    private final InPlaceCycles inPlace;

    SchemaCheck(SchemaDocument document, SchemaOptions options, Patterns patterns) {
        this.document = document;
        this.options = options;
        this.patterns = patterns;
        this.budget = patterns.budget();
        this.forms = new KeywordForms(document);
        this.inPlace = new InPlaceCycles(document);
    }

    /**
     * How the keywords are kept.
     *
     * @throws UnsupportedFeatureException if some are kept more weakly than the options allow; names them all
     */
    CompileReport run() {
        push(document.root());
        while (!open.isEmpty()) {
            check(open.poll());
        }
        inPlace.check();
        CompileReport report = new CompileReport(document.root().resource().draft(), entries);
        refuse(report);
        return report;
    }

    private void push(SchemaDocument.Located schema) {
        if (seen.add(schema.value())) {
            open.add(schema);
        }
    }

    private void check(SchemaDocument.Located at) {
        budget.step();
        Draft draft = at.resource().draft();
        forms.checkSchema(at.value(), at.pointer());
        if (!(at.value() instanceof JsonValue.Members object)) {
            return;
        }
        boolean hidden = !draft.since(Draft.DRAFT_2019_09) && object.members().containsKey("$ref");
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            Keyword keyword = Keyword.of(member.getKey(), draft);
            if (keyword != null && (!hidden || keyword == Keyword.REF)) {
                Pointer pointer = at.pointer().then(member.getKey());
                forms.check(keyword, member.getValue(), pointer, draft);
                judge(keyword, member.getValue(), pointer, at);
            }
        }
        if (!hidden) {
            children(at, object, draft);
        }
    }

    private void children(SchemaDocument.Located at, JsonValue.Members object, Draft draft) {
        Subschemas.forEach(object, at.pointer(), false, (keyword, schema, pointer) -> {
            if (Keyword.of(keyword, draft) != null && !(schema instanceof JsonValue.Items)) {
                push(document.inside(schema, at.resource(), pointer));
                inPlace.add(at, keyword, schema);
            }
        });
    }

    private void judge(Keyword keyword, JsonValue value, Pointer pointer, SchemaDocument.Located at) {
        String reason = "";
        switch (keyword) {
            case REF -> {
                SchemaDocument.Located target = document.follow(
                        ((JsonValue.Text) value).value(), at.resource(), () -> document.place(value, pointer));
                push(target);
                inPlace.add(at, target.value());
            }
            case DYNAMIC_REF, RECURSIVE_REF -> reason = "references that depend on the path taken are not supported";
            case UNIQUE_ITEMS -> reason = ((JsonValue.Literal) value).isTrue() ? "equal items are not compared" : "";
            case UNEVALUATED_ITEMS, UNEVALUATED_PROPERTIES -> reason = isTrue(value) ? "" : "not supported";
            case PATTERN -> reason = pattern(((JsonValue.Text) value).value(), value, pointer);
            case PATTERN_PROPERTIES -> {
                for (String name : ((JsonValue.Members) value).members().keySet()) {
                    reason = reason.isEmpty() ? pattern(name, value, pointer.then(name)) : reason;
                }
            }
            case MULTIPLE_OF ->
                reason = NumberReader.Remainder.isSmall(((JsonValue.Numeral) value).value())
                        ? ""
                        : "too many remainders to tell apart";
            case FORMAT -> {
                Format format = Format.of(((JsonValue.Text) value).value());
                if (!options.formats() || format == null) {
                    return;
                }
                reason = format.isRegular() ? "" : "this format is no regular language";
            }
            default -> {}
        }
        Enforcement enforcement = reason.isEmpty() ? Enforcement.EXACT : Enforcement.NOT_ENFORCED;
        entries.add(new CompileReport.Entry(pointer.toString(), keyword.text(), enforcement, reason));
    }

    private static boolean isTrue(JsonValue value) {
        return value instanceof JsonValue.Literal literal && literal.isTrue();
    }

    private String pattern(String pattern, JsonValue value, Pointer pointer) {
        try {
            return patterns.search(pattern).reason();
        } catch (SyntaxException e) {
            String message = e.getMessage();
            throw document.malformed("this pattern is malformed: " + message, value, pointer);
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
                dev.espalier.grammar.error.Place.pointer(first.pointer()));
    }

    private static String shortened(@Nullable String text) {
        return text == null ? "" : text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
