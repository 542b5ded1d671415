package dev.espalier.schemas.formula;

import dev.espalier.core.error.ReferenceException;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.format.Content;
import dev.espalier.schemas.format.Format;
import dev.espalier.schemas.format.TextKind;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.JsonValue;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.work.DeepRecursion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns schemas into {@link Formula}s: keywords become atoms, everything boolean becomes diagrams, child schemas become
 * lanes that are looked into later. Recurses through schemas that apply in place, not through children.
 */
public final class Formulas {

    /** What a level of recursion takes of a stack. */
    private static final int NESTING = 40;

    /** So many alternatives are compared pair by pair. */
    private static final int FEW = 8;

    private static final int MANY = Integer.MAX_VALUE - 2;

    private final Lanes lanes;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Patterns patterns;
    private final ObjectKeywords objects;
    private final ArrayKeywords arrays;
    private final UnevaluatedProperties unevaluatedProperties;
    private final UnevaluatedItems unevaluatedItems;
    private final Disjointness disjointness;
    private final ObjectUnions unions;
    private final boolean formats;
    private final boolean contents;
    private final Map<SchemaNode, Formula> texts = new IdentityHashMap<>();
    private final DeepRecursion recursion = new DeepRecursion(NESTING);
    private final FormulaLoops loops = new FormulaLoops();
    private final Set<SchemaNode> openTexts = new HashSet<>();
    private boolean textsOnly;

    public Formulas(Lanes lanes, Diagrams diagrams, Atoms atoms, Patterns patterns, SchemaOptions options) {
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.patterns = patterns;
        this.objects = new ObjectKeywords(this, lanes, diagrams, atoms, patterns);
        this.arrays = new ArrayKeywords(lanes, diagrams, atoms);
        Sources sources = new Sources(this, lanes, diagrams, atoms);
        this.unevaluatedProperties = new UnevaluatedProperties(this, sources, lanes, diagrams, patterns);
        this.unevaluatedItems = new UnevaluatedItems(
                this, sources, lanes, diagrams, patterns.budget().limits());
        this.disjointness = new Disjointness(lanes, this, diagrams, atoms);
        this.unions = new ObjectUnions(
                diagrams, atoms, disjointness, patterns.budget().limits().maxIrNodes());
        this.formats = options.formats();
        this.contents = options.contents();
    }

    ObjectKeywords objects() {
        return objects;
    }

    ArrayKeywords arrays() {
        return arrays;
    }

    /** Runs work that recurses in place, so that no depth overflows: chains of references have any length. */
    <T> T deep(Supplier<T> work) {
        return recursion.call(work);
    }

    /** The unions of objects that were written. */
    public ObjectUnions unions() {
        return unions;
    }

    /** What is known of schemas that exclude each other. */
    public Disjointness disjointness() {
        return disjointness;
    }

    /**
     * What a schema says.
     *
     * @throws ReferenceException if it applies to itself in place, which has no meaning
     */
    public Formula of(SchemaNode start) {
        SchemaNode node = lanes.target(start);
        Formula known = node.formula();
        if (known != null) {
            return textsOnly ? known.only(JsonType.STRING) : known;
        }
        if (textsOnly) {
            return texts(node);
        }
        if (node.isOpen() && lanes.haveLoops()) {
            return loops.neutral(node);
        }
        if (node.isOpen()) {
            throw new ReferenceException(
                    "this schema applies to itself without going into a child value, which has no meaning",
                    lanes.place(node));
        }
        if (lanes.haveLoops()) {
            return loops.of(node, this::worked);
        }
        node.open(true);
        try {
            Formula formula = worked(node);
            node.formula(formula);
            return formula;
        } finally {
            node.open(false);
        }
    }

    /** Its cycles in place are cycles of the whole schema too, and refused before, or add nothing. */
    private Formula texts(SchemaNode node) {
        Formula known = texts.get(node);
        if (known == null) {
            if (!openTexts.add(node)) {
                return Formula.TRUE;
            }
            known = worked(node).only(JsonType.STRING);
            openTexts.remove(node);
            if (openTexts.isEmpty() || !lanes.haveLoops()) {
                texts.put(node, known);
            }
        }
        return known;
    }

    private Formula worked(SchemaNode node) {
        return deep(() -> switch (node.kind()) {
            case CONSTANT -> constants(node, List.of(node.value()));
            case SCHEMA -> schema(node);
            case ANY -> any(parts(node.parts()));
            case ONLY -> {
                Conjunction all = new Conjunction(diagrams, unions);
                parts(node.parts()).forEach(all::add);
                parts(node.excluded()).forEach(part -> all.add(not(part)));
                yield all.formula();
            }
        });
    }

    /**
     * What a schema says of strings. No keyword for other types is looked at, so that the schema may be the one of its own
     * keys.
     */
    int ofTexts(SchemaNode node) {
        boolean before = textsOnly;
        textsOnly = true;
        try {
            return of(node).of(JsonType.STRING);
        } finally {
            textsOnly = before;
        }
    }

    private Formula schema(SchemaNode node) {
        if (node.value() instanceof JsonValue.Literal literal) {
            return literal.isTrue() ? Formula.TRUE : Formula.FALSE;
        }
        Conjunction all = new Conjunction(diagrams, unions);
        if (!lanes.hidesSiblings(node)) {
            types(node, all);
            scalars(node, all);
            if (!textsOnly) {
                arrays.add(node, all);
                objects.add(node, all);
            }
            applicators(node, all);
        }
        lanes.references(node).forEach(target -> all.add(of(target)));
        if (!textsOnly && !lanes.hidesSiblings(node)) {
            unevaluatedProperties.add(node, all);
            unevaluatedItems.add(node, all);
        }
        return all.formula();
    }

    /** The value of a keyword, if the schema's dialect knows it; null otherwise. */
    static @Nullable JsonValue get(SchemaNode node, Keyword keyword) {
        return node.get(keyword);
    }

    /** A count; one beyond any real value where it is larger. */
    static int count(JsonValue value) {
        BigDecimal count = ((JsonValue.Numeral) value).value();
        return count.compareTo(BigDecimal.valueOf(MANY)) > 0 ? MANY : count.intValueExact();
    }

    private void types(SchemaNode node, Conjunction all) {
        JsonValue type = get(node, Keyword.TYPE);
        if (type == null) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (JsonValue name : type instanceof JsonValue.Items list ? list.items() : List.of(type)) {
            names.add(((JsonValue.Text) name).value());
        }
        EnumSet<JsonType> types = EnumSet.noneOf(JsonType.class);
        for (String name : names) {
            switch (name) {
                case "null" -> types.add(JsonType.NULL);
                case "boolean" -> types.addAll(Set.of(JsonType.TRUE, JsonType.FALSE));
                case "string" -> types.add(JsonType.STRING);
                case "array" -> types.add(JsonType.ARRAY);
                case "object" -> types.add(JsonType.OBJECT);
                default -> types.add(JsonType.NUMBER);
            }
        }
        all.only(types);
        if (names.contains("integer") && !names.contains("number")) {
            boolean byText = node.resource().draft() == Draft.DRAFT_4;
            all.add(JsonType.NUMBER, number(new NumberTest.Integral(byText)));
        }
    }

    private int number(NumberTest test) {
        return atoms.truth(new Atom.Number(test));
    }

    private void scalars(SchemaNode node, Conjunction all) {
        JsonValue value = get(node, Keyword.ENUM);
        if (value instanceof JsonValue.Items list) {
            all.add(constants(node, list.items()));
        }
        value = get(node, Keyword.CONST);
        if (value != null) {
            all.add(constants(node, List.of(value)));
        }
        bounds(node, all);
        value = get(node, Keyword.MULTIPLE_OF);
        if (value instanceof JsonValue.Numeral step) {
            all.add(JsonType.NUMBER, number(new NumberTest.MultipleOf(step.value())));
        }
        value = get(node, Keyword.MIN_LENGTH);
        if (value != null && count(value) > 0) {
            all.add(JsonType.STRING, atoms.truth(new Atom.Length(count(value))));
        }
        value = get(node, Keyword.MAX_LENGTH);
        if (value != null) {
            all.add(JsonType.STRING, atoms.not(new Atom.Length(count(value) + 1)));
        }
        value = get(node, Keyword.PATTERN);
        if (value instanceof JsonValue.Text pattern) {
            Patterns.Pattern searched = patterns.search(pattern.value());
            TextKind kind = searched.kind();
            if (searched.isExact()) {
                all.add(JsonType.STRING, text(searched.automaton()));
            } else if (kind != null) {
                all.add(JsonType.STRING, atoms.truth(new Atom.Read(kind)));
            }
        }
        boolean asserted = formats || node.resource().dialect().formatsAsserted();
        if (asserted && get(node, Keyword.FORMAT) instanceof JsonValue.Text name) {
            Format format = Format.of(name.value());
            if (format != null) {
                format(format, node.resource().draft(), all);
            }
        }
        if (contents) {
            Content.of(get(node, Keyword.CONTENT_ENCODING), get(node, Keyword.CONTENT_MEDIA_TYPE))
                    .formats()
                    .forEach(content -> format(content, node.resource().draft(), all));
        }
    }

    private void format(Format format, Draft draft, Conjunction all) {
        if (format instanceof Format.Integers integers) {
            all.add(JsonType.NUMBER, number(new NumberTest.Integral(false)));
            all.add(JsonType.NUMBER, number(new NumberTest.AtLeast(new BigDecimal(integers.least()))));
            int above = number(new NumberTest.Above(new BigDecimal(integers.most())));
            all.add(JsonType.NUMBER, diagrams.not(above));
        } else if (format instanceof Format.Read read) {
            if (!read.pattern().isEmpty()) {
                all.add(JsonType.STRING, text(patterns.format(read.pattern()).automaton()));
            }
            all.add(JsonType.STRING, atoms.truth(new Atom.Read(read.kind())));
        } else if (format instanceof Format.Hosts hosts) {
            all.add(JsonType.STRING, text(patterns.format(hosts.pattern()).automaton()));
            all.add(JsonType.STRING, atoms.not(new Atom.Length(hosts.maxLength() + 1)));
            if (patterns.areChecksAllowed() && hosts.isIn(draft)) {
                int encoded = text(patterns.search(hosts.encoded()).automaton());
                int good = atoms.truth(new Atom.Read(hosts.kind()));
                all.add(JsonType.STRING, diagrams.or(diagrams.not(encoded), good));
            }
        } else if (format instanceof Format.Texts texts) {
            all.add(JsonType.STRING, text(patterns.format(texts.pattern()).automaton()));
            if (texts.maxLength() >= 0) {
                all.add(JsonType.STRING, atoms.not(new Atom.Length(texts.maxLength() + 1)));
            }
        }
    }

    private int text(CharacterAutomaton language) {
        return language.isEmpty()
                ? Diagrams.DEAD
                : language.equals(CharacterAutomaton.ALL) ? Diagrams.ZERO : atoms.truth(new Atom.Text(language));
    }

    private void bounds(SchemaNode node, Conjunction all) {
        boolean flags = node.resource().draft() == Draft.DRAFT_4;
        boolean aboveOnly = flags && JsonValue.isTrue(get(node, Keyword.EXCLUSIVE_MINIMUM));
        boolean belowOnly = flags && JsonValue.isTrue(get(node, Keyword.EXCLUSIVE_MAXIMUM));
        if (get(node, Keyword.MINIMUM) instanceof JsonValue.Numeral bound) {
            all.add(
                    JsonType.NUMBER,
                    number(aboveOnly ? new NumberTest.Above(bound.value()) : new NumberTest.AtLeast(bound.value())));
        }
        if (get(node, Keyword.MAXIMUM) instanceof JsonValue.Numeral bound) {
            NumberTest beyond = belowOnly ? new NumberTest.AtLeast(bound.value()) : new NumberTest.Above(bound.value());
            all.add(JsonType.NUMBER, diagrams.not(number(beyond)));
        }
        if (get(node, Keyword.EXCLUSIVE_MINIMUM) instanceof JsonValue.Numeral bound) {
            all.add(JsonType.NUMBER, number(new NumberTest.Above(bound.value())));
        }
        if (get(node, Keyword.EXCLUSIVE_MAXIMUM) instanceof JsonValue.Numeral bound) {
            all.add(JsonType.NUMBER, diagrams.not(number(new NumberTest.AtLeast(bound.value()))));
        }
    }

    /** The schema that some constants satisfy, and nothing else. */
    private Formula constants(SchemaNode node, List<JsonValue> values) {
        int[] diagram = new int[Formula.TYPES];
        java.util.Arrays.fill(diagram, Diagrams.DEAD);
        List<String> words = new ArrayList<>();
        Set<BigDecimal> numbers = new HashSet<>();
        List<Integer> lists = new ArrayList<>();
        List<Integer> records = new ArrayList<>();
        for (JsonValue value : values) {
            if (value instanceof JsonValue.Text text) {
                words.add(text.value());
            } else if (value instanceof JsonValue.Numeral number) {
                numbers.add(number.value());
            } else if (value instanceof JsonValue.Items array) {
                lists.add(arrays.constant(node, array));
            } else if (value instanceof JsonValue.Members object) {
                records.add(objects.constant(node, object));
            } else if (value instanceof JsonValue.Literal literal) {
                JsonType type = literal.isNull() ? JsonType.NULL : literal.isTrue() ? JsonType.TRUE : JsonType.FALSE;
                diagram[type.ordinal()] = Diagrams.ZERO;
            }
        }
        if (!words.isEmpty()) {
            diagram[JsonType.STRING.ordinal()] = text(CharacterAutomatonBuilder.words(words, patterns.budget()));
        }
        if (!numbers.isEmpty()) {
            diagram[JsonType.NUMBER.ordinal()] = number(new NumberTest.OneOf(numbers));
        }
        diagram[JsonType.ARRAY.ordinal()] =
                diagrams.or(lists.stream().mapToInt(i -> i).toArray());
        diagram[JsonType.OBJECT.ordinal()] =
                diagrams.or(records.stream().mapToInt(i -> i).toArray());
        return new Formula(diagram);
    }

    private void applicators(SchemaNode node, Conjunction all) {
        for (SchemaNode part : lanes.items(node, Keyword.ALL_OF)) {
            all.add(of(part));
        }
        List<SchemaNode> any = lanes.items(node, Keyword.ANY_OF);
        if (!any.isEmpty()) {
            all.add(any(parts(any)));
        }
        List<SchemaNode> one = lanes.items(node, Keyword.ONE_OF);
        if (!one.isEmpty()) {
            all.add(one(parts(one)));
        }
        SchemaNode not = lanes.child(node, Keyword.NOT);
        if (not != null) {
            all.add(not(of(not)));
        }
        SchemaNode test = lanes.child(node, Keyword.IF);
        if (test != null) {
            Formula condition = of(test);
            SchemaNode yes = lanes.child(node, Keyword.THEN);
            SchemaNode no = lanes.child(node, Keyword.ELSE);
            all.add(choose(condition, yes == null ? Formula.TRUE : of(yes), no == null ? Formula.TRUE : of(no)));
        }
    }

    private List<Formula> parts(List<SchemaNode> nodes) {
        List<Formula> formulas = new ArrayList<>(nodes.size());
        nodes.forEach(node -> formulas.add(of(node)));
        return formulas;
    }

    private Formula any(List<Formula> parts) {
        int[] result = new int[Formula.TYPES];
        for (JsonType type : JsonType.values()) {
            int[] some = parts.stream().mapToInt(part -> part.of(type)).toArray();
            result[type.ordinal()] = or(type, some);
        }
        return new Formula(result);
    }

    private int or(JsonType type, int[] parts) {
        return type == JsonType.OBJECT ? unions.or(parts) : diagrams.or(parts);
    }

    private Formula one(List<Formula> parts) {
        int[] result = new int[Formula.TYPES];
        for (JsonType type : JsonType.values()) {
            int[] some = parts.stream()
                    .mapToInt(part -> part.of(type))
                    .filter(part -> part != Diagrams.DEAD)
                    .toArray();
            result[type.ordinal()] = exclude(type, some) ? or(type, some) : exactlyOne(some);
        }
        return new Formula(result);
    }

    private boolean exclude(JsonType type, int[] parts) {
        if (type == JsonType.OBJECT && parts.length > FEW && unions.areApart(parts)) {
            return true;
        }
        for (int i = 0; i < parts.length; i++) {
            for (int j = 0; j < i; j++) {
                diagrams.tick();
                if (!disjointness.areDisjoint(type, parts[i], parts[j])) {
                    return false;
                }
            }
        }
        return true;
    }

    private int exactlyOne(int[] parts) {
        int none = Diagrams.ZERO;
        int one = Diagrams.DEAD;
        for (int test : parts) {
            one = diagrams.choose(test, none, one);
            none = diagrams.and(diagrams.not(test), none);
        }
        return one;
    }

    private Formula not(Formula formula) {
        return choose(formula, Formula.FALSE, Formula.TRUE);
    }

    Formula choose(Formula test, Formula yes, Formula no) {
        int[] result = new int[Formula.TYPES];
        for (JsonType type : JsonType.values()) {
            result[type.ordinal()] = diagrams.choose(test.of(type), yes.of(type), no.of(type));
        }
        return new Formula(result);
    }
}
