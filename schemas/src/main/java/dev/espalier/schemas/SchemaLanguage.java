package dev.espalier.schemas;

import dev.espalier.automata.StackInterner;
import dev.espalier.automata.StackSet;
import dev.espalier.automata.State;
import dev.espalier.automata.Stepper;
import dev.espalier.grammar.Limits;
import dev.espalier.grammar.WorkBudget;
import dev.espalier.schemas.atom.Algebra;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.formula.DeclaredKeys;
import dev.espalier.schemas.formula.Disjointness;
import dev.espalier.schemas.formula.Formulas;
import dev.espalier.schemas.formula.Lanes;
import dev.espalier.schemas.formula.ObjectUnions;
import dev.espalier.schemas.formula.SchemaNode;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.number.NumberLanguages;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.string.LengthPattern;
import dev.espalier.schemas.string.StringAlternatives;
import dev.espalier.schemas.string.StringFrame;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.DeepRecursion;
import dev.espalier.schemas.work.LateLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one schema: its goals, the frames of its objects and arrays, and which results can be reached.
 * Everything is worked out when it is first needed. Whoever calls in from outside holds the monitor.
 *
 * <p>Where text is laid out in lines, the bytes of a value depend on how deep it stands: then each depth knows its own goals
 * and frames.
 */
final class SchemaLanguage {

    /** What a level of recursion takes of a stack. */
    private static final int NESTING = 20;
    /** Arrays of different items inside each other. */
    private static final int MAX_LEVELS = 12;

    private static final int MANY_GOALS = 1 << 16;

    /** States of a pattern that is a length; of fewer characters it is read as it is written. */
    private static final int MANY_CHARACTERS = 24;

    /** More values than most arrays have items. */
    static final int PLENTY = 10_000;

    private final Deadline deadline;
    private int firstNodes;
    private int firstGoals;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final Lanes lanes;
    private final Formulas formulas;
    private final NumberLanguages numberLanguages;
    private final Disjointness disjointness;
    private final SchemaOptions options;
    private final Limits late;
    private final Layout layout;
    /** The one of no depth. */
    private final SchemaLanguage whole;

    private @Nullable SchemaLanguage inside;
    private final @Nullable Narrowing narrowing;
    private final Map<Integer, Goal> goals = new HashMap<>();
    private final Map<Integer, StringFrame> strings;
    private final Map<Integer, NumberLanguage> numbers;
    private final Map<List<Object>, ObjectFrame> objects = new HashMap<>();
    private final Map<Integer, ArrayFrame> arrays = new HashMap<>();
    private final Reachability reachability = new Reachability(this);
    private Discriminator.Patience patience = Discriminator.Patience.USUAL;
    private final StackInterner interner = new StackInterner(10);
    private final EndlessValues endless = new EndlessValues(this, 0);
    private final EndlessValues plenty = new EndlessValues(this, PLENTY);
    private final ClassValues values = new ClassValues(this);
    private final MemberKinds memberKinds = new MemberKinds(this);
    private final DeepRecursion recursion = new DeepRecursion(NESTING);
    private @Nullable SchemaLanguage canonical;
    private @Nullable SchemaLanguage inner;
    private int level;
    private boolean isNested;
    private int estimates;

    SchemaLanguage(
            Lanes lanes,
            Diagrams diagrams,
            Atoms atoms,
            Formulas formulas,
            NumberLanguages numberLanguages,
            SchemaOptions options,
            Deadline deadline) {
        this.numberLanguages = numberLanguages;
        this.deadline = deadline;
        this.lanes = lanes;
        this.diagrams = diagrams;
        this.atoms = atoms;
        this.formulas = formulas;
        this.disjointness = formulas.disjointness();
        this.options = options;
        this.late = LateLimits.of(options.limits());
        this.strings = new HashMap<>();
        this.numbers = new HashMap<>();
        this.layout = new Layout(options.whiteSpace(), 0);
        this.whole = this;
        this.narrowing = options.bounds().equals(GenerationBounds.NONE)
                ? null
                : new Narrowing(
                        new SchemaLanguage(
                                lanes,
                                diagrams,
                                atoms,
                                formulas,
                                numberLanguages,
                                options.withBounds(GenerationBounds.NONE),
                                deadline),
                        options.bounds());
    }

    private SchemaLanguage(SchemaLanguage outer, Layout layout) {
        this.deadline = outer.deadline;
        this.lanes = outer.lanes;
        this.diagrams = outer.diagrams;
        this.atoms = outer.atoms;
        this.formulas = outer.formulas;
        this.numberLanguages = outer.numberLanguages;
        this.disjointness = outer.disjointness;
        this.options = outer.options;
        this.late = outer.late;
        this.strings = outer.strings;
        this.numbers = outer.numbers;
        this.patience = outer.patience;
        this.layout = layout;
        this.whole = outer.whole;
        this.narrowing = outer.narrowing;
    }

    /** Takes objects apart from fewer verdicts on than usual; to be called before anything is asked. */
    void takeApart(Discriminator.Patience other) {
        patience = other;
    }

    /** Ends the compilation: what is known now is known of every copy. */
    synchronized void endCompilation() {
        diagrams.endCompilation(LateLimits.bytes(options.limits()));
        firstNodes = diagrams.size();
        firstGoals = goals.size();
    }

    /** Whether so much was learned since the compilation that it is time to begin again. */
    synchronized boolean hasGrown() {
        return diagrams.size() - firstNodes > options.limits().maxIrNodes() / 4
                || goals.size() - firstGoals > MANY_GOALS;
    }

    /** Whether there will soon be no memory for more, though a new copy would have it. */
    synchronized boolean isNearlyFull() {
        return diagrams.size() > diagrams.most() / 2 && firstNodes < diagrams.most() / 4;
    }

    /** Until when the work that is going on must be done. */
    Deadline deadline() {
        return deadline;
    }

    /** What states within objects have in common. */
    MemberKinds memberKinds() {
        return memberKinds;
    }

    Diagrams diagrams() {
        return diagrams;
    }

    /** What diagrams are worked out with. */
    Algebra algebra() {
        return new Algebra(diagrams, atoms, deadline, whole.recursion);
    }

    /** The unions of objects that were written. */
    ObjectUnions unions() {
        return formulas.unions();
    }

    Disjointness disjointness() {
        return disjointness;
    }

    Atoms atoms() {
        return atoms;
    }

    /** The white space at this depth. */
    Layout layout() {
        return layout;
    }

    /** What all who know of this schema share, and whoever calls in from outside holds. */
    Object monitor() {
        // A language inside another is guarded by that one's monitor, also on the threads that deep recursion goes on
        // in.
        return isNested ? new Object() : whole;
    }

    /** What is known of values one level deeper; the same where depth does not matter. */
    private SchemaLanguage inside() {
        if (inside == null) {
            Layout deeper = layout.inside();
            inside = deeper.equals(layout) ? this : new SchemaLanguage(this, deeper);
        }
        return inside;
    }

    Spelling spelling() {
        return options.spelling().orElse(memberOrder() == MemberOrder.DECLARED ? Spelling.SHORTEST : Spelling.ANY);
    }

    MemberOrder memberOrder() {
        return options.memberOrder();
    }

    /** Whether every number may be written with an exponent. */
    boolean writesExponents() {
        return options.numberSpelling() == NumberSpelling.ANY;
    }

    /** Whether keys that are no names may come twice in an object. */
    boolean repeatsKeys() {
        return options.repeatedKeys();
    }

    Limits limits() {
        return diagrams.isLate() ? late : options.limits();
    }

    /** For running frames inside a frame. */
    Stepper stepper() {
        return new Stepper(options.limits(), interner, deadline::tick);
    }

    /** What has {@link #PLENTY} of values. */
    EndlessValues plenty() {
        return plenty;
    }

    /** What has endlessly many values. */
    EndlessValues endless() {
        return endless;
    }

    /**
     * The values of this schema's goals, each once, by its shortest text: written in a language of its own, in which only numbers have
     * several texts, and those if they have them here.
     *
     * @return null when that goes round in circles
     */
    @Nullable
    ClassValues values() {
        if (whole != this) {
            return whole.values();
        }
        if (canonical == null) {
            canonical = with(options.withMemberOrder(MemberOrder.DECLARED)
                    .withWhiteSpace(WhiteSpace.COMPACT)
                    .withSpelling(Spelling.SHORTEST));
            canonical.canonical = canonical;
        }
        SchemaLanguage settled = canonical.settled();
        return settled == null ? null : settled.values;
    }

    /** How many languages this one is inside of, because those are still being worked out. */
    int level() {
        return level;
    }

    private SchemaLanguage with(SchemaOptions other) {
        SchemaLanguage language =
                new SchemaLanguage(lanes, diagrams, atoms, formulas, numberLanguages, other, deadline);
        language.patience = patience;
        language.isNested = true;
        return language;
    }

    /** Whether it is being worked out which values exist. */
    boolean isOpen() {
        return reachability.isOpen();
    }

    /** This language, or, while it is being worked out here which values exist, one like it that does not depend on that. */
    private @Nullable SchemaLanguage settled() {
        if (!reachability.isOpen()) {
            return this;
        }
        if (inner == null && level < MAX_LEVELS) {
            inner = with(options);
            inner.level = level + 1;
            inner.canonical = inner;
        }
        return inner == null ? null : inner.settled();
    }

    /**
     * The least number of bytes until stacks end with a result, or less where that would have to be searched for: enough to
     * guide a search.
     */
    int estimate(Stepper stepper, StackSet stacks, int result) {
        whole.estimates++;
        try {
            return stepper.distance(stacks, result);
        } finally {
            whole.estimates--;
        }
    }

    /** Whether distances may be too small. */
    boolean isEstimating() {
        return whole.estimates > 0;
    }

    /** A budget for one piece of lazy work. */
    WorkBudget budget() {
        return WorkBudget.ofPart(limits());
    }

    /** Works out what some lanes say, in their order: that is the order in which their atoms are numbered. */
    void prepare(List<Integer> ascending) {
        for (int lane : ascending) {
            if (lanes.target(lanes.get(lane)).formula() == null) {
                deep(() -> formulas.of(lanes.get(lane)));
            }
        }
    }

    /** The goal that a container at this depth has of an item or a member: a diagram over lanes. */
    Goal goal(int diagram) {
        return inside().own(diagram);
    }

    private Goal own(int diagram) {
        return goals.computeIfAbsent(diagram, d -> new Goal(this, d));
    }

    /** What a goal asks of values of one type, as a diagram over atoms. */
    int typed(Goal goal, JsonType type) {
        if (!goal.knows(type)) {
            int asked = new Composition(this, lanes, formulas).of(goal.diagram(), type);
            goal.typed(type, narrowing == null ? asked : narrowing.narrowed(goal, type, asked));
        }
        return goal.typed(type);
    }

    /** Runs work that recurses, so that no depth overflows. */
    <T> T deep(Supplier<T> work) {
        return whole.recursion.call(work);
    }

    /** The strings of a goal. */
    StringFrame strings(Goal goal) {
        StringFrame known = goal.strings;
        if (known == null) {
            known = strings(typed(goal, JsonType.STRING));
            goal.strings = known;
        }
        return known;
    }

    /** The strings of a diagram over atoms. */
    StringFrame strings(int diagram) {
        StringFrame known = strings.get(diagram);
        if (known == null) {
            int counted = LengthPattern.counted(diagrams, atoms, diagram, MANY_CHARACTERS, budget());
            known = StringAlternatives.of(
                    algebra(), counted, spelling() == Spelling.SHORTEST, patience.texts(), budget());
            strings.put(diagram, known);
        }
        return known;
    }

    /** The numbers of a goal. */
    NumberLanguage numbers(Goal goal) {
        NumberLanguage known = goal.numbers;
        if (known == null) {
            known = numbers.computeIfAbsent(typed(goal, JsonType.NUMBER), this::numbers);
            goal.numbers = known;
        }
        return known;
    }

    private NumberLanguage numbers(int diagram) {
        NumberLanguage all = numberLanguages.of(diagrams, atoms, diagram, options.withLimits(limits()), deadline);
        return narrowing == null ? all : narrowing.narrowed(all);
    }

    /** The arrays of a goal. */
    ArrayFrame arrays(Goal goal) {
        ArrayFrame known = goal.arrays;
        if (known == null) {
            known = arrays.computeIfAbsent(typed(goal, JsonType.ARRAY), d -> new ArrayFrame(this, d));
            goal.arrays = known;
        }
        return known;
    }

    /** The objects of a goal. */
    ObjectFrame objects(Goal goal) {
        ObjectFrame known = goal.objects;
        if (known == null) {
            int diagram = typed(goal, JsonType.OBJECT);
            List<String> declared = declared(goal);
            known = objects.get(List.of(diagram, declared));
            if (known == null) {
                known = ObjectFrame.of(this, diagram, declared, patience);
                objects.put(List.of(diagram, declared), known);
            }
            goal.objects = known;
        }
        return known;
    }

    /** The results that objects of a diagram over atoms have, written in a goal's order. */
    int[] objects(int diagram, Goal goal) {
        return diagram == Diagrams.DEAD
                ? State.NO_RESULTS
                : ObjectFrame.of(this, diagram, declared(goal), patience)
                        .reachOpen()
                        .results();
    }

    /** Whether a lane looks into no container: it judges all objects alike, and all arrays. */
    boolean isScalar(int lane) {
        if (lane == Atom.ANY_VALUE) {
            return true;
        }
        Formula formula = formulas.of(lanes.get(lane));
        return Diagrams.isEnd(formula.of(JsonType.OBJECT)) && Diagrams.isEnd(formula.of(JsonType.ARRAY));
    }

    private List<String> declared(Goal goal) {
        return memberOrder() == MemberOrder.ANY ? List.of() : named(goal);
    }

    /** The members that the schemas of a goal declare, in order. */
    List<String> named(Goal goal) {
        DeclaredKeys keys = new DeclaredKeys(lanes);
        diagrams.support(goal.diagram()).stream().forEach(lane -> keys.add(lanes.get(lane)));
        return keys.merged();
    }

    /** The results that some value has, with the bytes of the shortest. */
    Reach reach(Goal goal) {
        return goal.isFinal ? goal.reach : goal.language().reachability.of(goal);
    }

    /**
     * Whether some value has a result: often seen without looking for the shortest values, which means looking at all that
     * must be in them.
     */
    boolean hasValue(Goal goal) {
        return !goal.isFinal && narrowing == null && goal.language().hasSimpleValue(goal)
                || !reach(goal).isEmpty();
    }

    /** Whether a literal, any string or any number is a value, or an empty array or object. */
    private boolean hasSimpleValue(Goal goal) {
        for (JsonType type : JsonType.values()) {
            int diagram = typed(goal, type);
            boolean isContainer = type == JsonType.ARRAY || type == JsonType.OBJECT;
            while (isContainer && diagram >= 0) {
                diagram = diagrams.branch(diagram, atoms.get(diagrams.top(diagram)) instanceof Atom.Unique);
            }
            if (Diagrams.isEnd(diagram) && diagram != Diagrams.DEAD) {
                return true;
            }
        }
        return false;
    }

    /**
     * A value that depends on reachability, remembered unless it was worked out from results that may still improve.
     */
    <K> Reach remembered(Map<K, Reach> memo, K key, Supplier<Reach> work) {
        return reachability.remembered(memo, key, work);
    }

    /** {@link Reachability#remembered(Reach, Consumer, Supplier)}. */
    Reach remembered(@Nullable Reach known, Consumer<Reach> keep, Supplier<Reach> work) {
        return reachability.remembered(known, keep, work);
    }

    /** The results that values of one type have, with the bytes of the shortest. */
    Reach reach(Goal goal, JsonType type) {
        int diagram = typed(goal, type);
        if (diagram == Diagrams.DEAD) {
            return Reach.NONE;
        }
        return switch (type) {
            case NULL, TRUE -> Reach.of(Diagrams.result(diagram), 4);
            case FALSE -> Reach.of(Diagrams.result(diagram), 5);
            case NUMBER -> numbers(goal).reach();
            case STRING -> strings(goal).reach().plus(1);
            case ARRAY -> arrays(goal).reachOpen().plus(1);
            case OBJECT -> objects(goal).reachOpen().plus(1);
        };
    }

    /** The state before a value. */
    ValueState value(Goal goal) {
        return new ValueState(goal.language(), goal);
    }

    /** Whether a diagram asks nothing: what is free of the schema can be shared between schemas. */
    static boolean isFree(int diagram) {
        return diagram == Diagrams.ZERO;
    }

    /** Whether the root schema has values that the bounds of the options exclude. */
    boolean hasLongValues() {
        return narrowing != null && narrowing.hasLongValues();
    }

    /** The goal of the root schema: it must hold. */
    Goal root() {
        return goal(lanes.root());
    }

    /** The goal of a schema: it must hold. */
    Goal goal(SchemaNode schema) {
        return own(diagrams.variable(lanes.target(schema).lane()));
    }
}
