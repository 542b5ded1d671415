// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.check;

import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.document.Successors;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.json.Pointer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A search for the reason why a schema has no value, by leaving out the parts that are not needed for that (delta debugging): level by
 * level, halves first. Each trial is a compilation; their number and time are bounded, and what is not tried stays in.
 *
 * <p>Only what makes a schema narrower is left out. So {@code not}, {@code oneOf}, {@code if} and counted {@code contains}
 * stay whole, and so does whatever they refer to.
 */
public final class ContradictionSearch {

    private static final int TRIALS = 300;
    private static final long CHARACTERS = 4_000_000;
    /** The work of all trials together, as a deadline of a compilation. */
    public static final long MILLIS = 3_000;

    private static final int DEPTH = 100;

    /** Compiles a text and says whether the schema at a pointer has no value; false where that is not known in time. */
    public interface Trial {
        boolean isEmpty(String schema, Pointer pointer);
    }

    private final Located root;
    private final Successors successors;
    private final Predicate<Located> empty;
    private final Trial trial;
    private final Relaxation relaxed;
    private final Set<JsonValue> likely = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<JsonValue> whole = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<String> names = new HashSet<>();
    private int trials;
    private long characters;

    /**
     * A search.
     *
     * @param empty whether a schema as it is has no value; false where that is not known
     */
    public ContradictionSearch(SchemaDocuments documents, Predicate<Located> empty, Trial trial) {
        this.root = documents.root();
        this.successors = new Successors(documents);
        this.empty = empty;
        this.trial = trial;
        this.relaxed = new Relaxation(root.value());
    }

    /** Why the root has no value; it must have none. */
    public Contradiction run() {
        keepWhole();
        guess();
        reduce();
        Set<JsonValue> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        Located at = root;
        boolean endless = false;
        for (Located next = root; next != null && !endless; next = emptyInside(at, inner -> isEmpty(inner.pointer()))) {
            endless = !passed.add(next.value());
            at = next;
        }
        List<Contradiction.Part> all = parts(root);
        List<Contradiction.Part> parts = parts(at);
        List<Contradiction.Part> needed = all.stream()
                .filter(part -> !parts.contains(part) && part.keyword() != Keyword.TYPE)
                .toList();
        return new Contradiction(at, endless, parts, needed);
    }

    private boolean isEmpty(Pointer pointer) {
        if (trials >= TRIALS || characters > CHARACTERS) {
            return false;
        }
        String text = relaxed.text();
        trials++;
        characters += text.length();
        return trial.isEmpty(text, pointer);
    }

    /** Notes the way down to a schema without a value: it is probably what decides. */
    private void guess() {
        Set<JsonValue> passed = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Located at = root; at != null && passed.add(at.value()); at = emptyInside(at, empty)) {
            JsonValue value = root.value();
            Pointer way = at.pointer();
            for (String token : way.tokens()) {
                value = value instanceof JsonValue.Members object
                        ? object.members().get(token)
                        : value instanceof JsonValue.Items items ? items.items().get(Integer.parseInt(token)) : null;
                if (value == null) {
                    break;
                }
                likely.add(value);
                names.add(token);
            }
        }
    }

    private boolean isLikely(JsonValue part) {
        return likely.contains(part) || (part instanceof JsonValue.Text name && names.contains(name.value()));
    }

    /** Whether a schema may be looked into: it is in the text that is compiled, and leaving parts out of it widens all. */
    private boolean isOpen(Located schema) {
        return schema.resource().document() == root.resource().document() && !whole.contains(schema.value());
    }

    private static boolean staysWhole(Keyword keyword, Located holder) {
        return keyword.mayNarrow() || (keyword == Keyword.CONTAINS && holder.get(Keyword.MAX_CONTAINS) != null);
    }

    /** Marks all schemas that are reached through a keyword whose schemas stay whole. */
    private void keepWhole() {
        Set<JsonValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Located> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Located at = open.remove(open.size() - 1);
            if (!seen.add(at.value())) {
                continue;
            }
            successors.forEach(at, (keyword, schema) -> {
                boolean inner = whole.contains(at.value());
                if (inner || staysWhole(keyword, at)) {
                    boolean news = whole.add(schema.value());
                    if (news) {
                        // also where it was passed before
                        seen.remove(schema.value());
                    }
                }
                open.add(schema);
            });
        }
    }

    private void reduce() {
        Set<JsonValue> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Located> level = List.of(root);
        while (!level.isEmpty()) {
            leaveUnlikely(elements(level));
            List<JsonValue> keywords = new ArrayList<>();
            level.forEach(at -> keywords.addAll(keywords(at).values()));
            reduce(keywords);
            reduce(elements(level));
            List<Located> next = new ArrayList<>();
            for (Located at : level) {
                for (Located inner : inside(at)) {
                    if (seen.add(inner.value())) {
                        next.add(inner);
                    }
                }
            }
            level = next;
        }
    }

    /** Leaves out members that probably do not matter: of many, the few that do are mostly guessed. */
    private void leaveUnlikely(List<JsonValue> parts) {
        List<JsonValue> unlikely =
                parts.stream().filter(part -> !isLikely(part)).toList();
        if (unlikely.isEmpty()) {
            return;
        }
        relaxed.leave(unlikely);
        if (!isEmpty(Pointer.ROOT)) {
            relaxed.restore(unlikely);
        }
    }

    /** Leaves out what can be; of what is tried together, halves are tried if all cannot. */
    private void reduce(List<JsonValue> parts) {
        if (parts.isEmpty()) {
            return;
        }
        relaxed.leave(parts);
        if (isEmpty(Pointer.ROOT)) {
            return;
        }
        relaxed.restore(parts);
        int half = parts.size() / 2;
        if (half > 0) {
            reduce(parts.subList(0, half));
            reduce(parts.subList(half, parts.size()));
        }
    }

    /** The keywords of a schema that are left, by name. */
    private Map<Keyword, JsonValue> keywords(Located at) {
        Map<Keyword, JsonValue> keywords = new LinkedHashMap<>();
        if (at.value() instanceof JsonValue.Members object) {
            object.members().forEach((name, value) -> {
                Keyword keyword = at.resource().dialect().keyword(name);
                if (keyword != null && relaxed.has(value)) {
                    keywords.put(keyword, value);
                }
            });
        }
        return keywords;
    }

    /** The parts of the remaining keywords that can be left out one by one. */
    private List<JsonValue> elements(List<Located> level) {
        List<JsonValue> elements = new ArrayList<>();
        level.forEach(at -> elements.addAll(elements(at)));
        elements.removeIf(element -> !relaxed.has(element));
        return elements;
    }

    private List<JsonValue> elements(Located at) {
        List<JsonValue> elements = new ArrayList<>();
        keywords(at).forEach((keyword, value) -> {
            if (!keyword.isDivisible()) {
                return;
            }
            if (value instanceof JsonValue.Items list && list.items().size() > 1) {
                elements.addAll(list.items());
            } else if (value instanceof JsonValue.Members named
                    && named.members().size() > 1) {
                elements.addAll(named.members().values());
            }
        });
        return elements;
    }

    /** The schemas that a schema applies and that can be looked into. */
    private List<Located> inside(Located at) {
        List<Located> inside = new ArrayList<>();
        Map<Keyword, JsonValue> keywords = keywords(at);
        successors.forEach(at, (keyword, schema) -> {
            if (keywords.containsKey(keyword) && relaxed.has(schema.value()) && isOpen(schema)) {
                inside.add(schema);
            }
        });
        return inside;
    }

    /** A schema inside one that has no value itself; a branch only if there is no other, and none that just forbids. */
    private @Nullable Located emptyInside(Located at, Predicate<Located> hasNoValue) {
        boolean branches = at.get(Keyword.ANY_OF) instanceof JsonValue.Items any
                && any.items().size() > 1;
        for (Located inner : inside(at)) {
            Pointer holder = inner.pointer().parent();
            boolean branch =
                    branches && holder != null && holder.equals(at.pointer().then(Keyword.ANY_OF.text()));
            if (!branch && !(inner.value() instanceof JsonValue.Literal) && hasNoValue.test(inner)) {
                return inner;
            }
        }
        return null;
    }

    private List<Contradiction.Part> parts(Located at) {
        List<Contradiction.Part> parts = new ArrayList<>();
        collect(at, parts, Collections.newSetFromMap(new IdentityHashMap<>()), 0);
        return parts;
    }

    private void collect(Located at, List<Contradiction.Part> parts, Set<JsonValue> passed, int depth) {
        if (!passed.add(at.value()) || depth > DEPTH) {
            return;
        }
        if (at.value() instanceof JsonValue.Literal literal) {
            parts.add(new Contradiction.Part(null, literal, literal.name(), at.pointer()));
            return;
        }
        keywords(at).forEach((own, value) -> {
            int before = parts.size();
            successors.forEach(at, (keyword, schema) -> {
                if (keyword == own && relaxed.has(schema.value()) && isOpen(schema)) {
                    collect(schema, parts, passed, depth + 1);
                }
            });
            boolean direct = parts.size() == before + 1 && parts.get(before).value() == value;
            if (parts.size() == before || direct) {
                parts.subList(before, parts.size()).clear();
                parts.add(new Contradiction.Part(own, value, relaxed.text(value), at.pointer()));
            }
        });
    }
}
