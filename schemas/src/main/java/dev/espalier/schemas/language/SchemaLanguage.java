// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.automata.stack.StackInterner;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.automata.state.Horizon;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.Memo;
import dev.espalier.schemas.array.ArrayFrame;
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
import dev.espalier.schemas.item.ClassValues;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.number.NumberLanguages;
import dev.espalier.schemas.object.Discriminator;
import dev.espalier.schemas.object.MemberKinds;
import dev.espalier.schemas.object.ObjectFrame;
import dev.espalier.schemas.object.ObjectLanguage;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.NumberSpelling;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.options.WhiteSpace;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.SchemaState;
import dev.espalier.schemas.string.StringFrame;
import dev.espalier.schemas.value.FreeKey;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.value.Reachability;
import dev.espalier.schemas.value.ValueState;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.DeepRecursion;
import dev.espalier.schemas.work.LanguageLock;
import dev.espalier.schemas.work.LateLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The language of one schema: its goals, the frames of its objects and arrays, and the reachable results. Everything is computed on
 * first use. Callers from outside must hold the lock.
 *
 * <p>Where text is laid out in lines, the bytes of a value depend on how deep it stands: then each depth knows its own goals
 * and frames.
 */
public final class SchemaLanguage implements ObjectLanguage, ItemLanguage {

    /** The weight of a level of recursion on a stack. */
    private static final int NESTING = 20;
    /** The greatest nesting of arrays with different items. */
    private static final int MAX_LEVELS = 12;

    private static final int MANY_GOALS = 1 << 16;

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
    private final FreeKey.Writing writing;
    /** The language without depths, which all depths share. */
    private final SchemaLanguage whole;

    private @Nullable SchemaLanguage inside;
    private final @Nullable Narrowing narrowing;
    private final Map<Integer, Goal> goals = new HashMap<>();
    private final LanguageFrames frames;
    private final Reachability reachability = new Reachability(this);
    private final StackInterner interner = new StackInterner(10);
    private final EndlessValues endless = new EndlessValues(this, 0);
    private final EndlessValues plenty = new EndlessValues(this, PLENTY);
    private final ClassValues values = new ClassValues(this);
    private final MemberKinds memberKinds = new MemberKinds(this);
    private final DeepRecursion recursion = new DeepRecursion(NESTING);
    private @Nullable SchemaLanguage canonical;
    private @Nullable SchemaLanguage inner;
    private int level;
    private LanguageLock lock;
    private int estimates;

    public SchemaLanguage(
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
        this.layout = new Layout(options.whiteSpace(), 0);
        this.writing = new FreeKey.Writing(layout, options.spelling(), options.numberSpelling(), options.bounds());
        this.whole = this;
        this.lock = LanguageLock.of(deadline);
        GenerationBounds digits = options.bounds().digits();
        this.narrowing = options.bounds().equals(digits)
                ? null
                : new Narrowing(
                        new SchemaLanguage(
                                lanes,
                                diagrams,
                                atoms,
                                formulas,
                                numberLanguages,
                                options.withBounds(digits),
                                deadline),
                        options.bounds());
        this.frames = new LanguageFrames(this, numberLanguages, options);
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
        this.layout = layout;
        this.writing = new FreeKey.Writing(layout, options.spelling(), options.numberSpelling(), options.bounds());
        this.whole = outer.whole;
        this.lock = outer.whole.lock;
        this.narrowing = outer.narrowing;
        this.frames = outer.frames.at(this);
    }

    /** Sets the thresholds from which on objects are divided into alternatives. Must be called before any question. */
    public void takeApart(Discriminator.Patience other) {
        frames.takeApart(other);
    }

    /** Ends the compilation: what is known now is known of every copy. */
    public void endCompilation() {
        try (LanguageLock held = lock.enter()) {
            diagrams.endCompilation(LateLimits.bytes(options.limits()));
            firstNodes = diagrams.size();
            firstGoals = goals.size();
        }
    }

    /** True if so much was learned since the compilation that a fresh copy should take over. */
    boolean hasGrown() {
        try (LanguageLock held = lock.enter()) {
            return diagrams.size() - firstNodes > options.limits().maxIrNodes() / 4
                    || goals.size() - firstGoals > MANY_GOALS;
        }
    }

    /** True if memory will soon run out, though a fresh copy would have room. */
    boolean isNearlyFull() {
        try (LanguageLock held = lock.enter()) {
            return diagrams.size() > diagrams.most() / 2 && firstNodes < diagrams.most() / 4;
        }
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public Object kind(SchemaState state, Horizon horizon) {
        return memberKinds.of(state, horizon);
    }

    @Override
    public @Nullable Object sharedKind(SchemaState state, Horizon horizon) {
        return memberKinds.shared(state, horizon);
    }

    @Override
    public Diagrams diagrams() {
        return diagrams;
    }

    @Override
    public Algebra algebra() {
        return new Algebra(diagrams, atoms, deadline, whole.recursion);
    }

    @Override
    public ObjectUnions unions() {
        return formulas.unions();
    }

    @Override
    public Disjointness disjointness() {
        return disjointness;
    }

    @Override
    public Atoms atoms() {
        return atoms;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public FreeKey.Writing writing() {
        return writing;
    }

    @Override
    public LanguageLock lock() {
        return lock;
    }

    /** The language of values one level deeper; the same object if depth does not matter. */
    private SchemaLanguage inside() {
        if (inside == null) {
            Layout deeper = layout.inside();
            inside = deeper.equals(layout) ? this : new SchemaLanguage(this, deeper);
        }
        return inside;
    }

    @Override
    public Spelling spelling() {
        return options.spelling();
    }

    @Override
    public MemberOrder memberOrder() {
        return options.memberOrder();
    }

    @Override
    public boolean writesExponents() {
        return options.numberSpelling() == NumberSpelling.ANY;
    }

    @Override
    public boolean repeatsKeys() {
        return options.repeatedKeys();
    }

    @Override
    public Limits limits() {
        return diagrams.isLate() ? late : options.limits();
    }

    @Override
    public Stepper stepper() {
        return new Stepper(options.limits(), interner, deadline::tick);
    }

    @Override
    public EndlessValues plenty() {
        return plenty;
    }

    @Override
    public EndlessValues endless() {
        return endless;
    }

    @Override
    public @Nullable ClassValues values() {
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

    @Override
    public int level() {
        return level;
    }

    private SchemaLanguage with(SchemaOptions other) {
        SchemaLanguage language =
                new SchemaLanguage(lanes, diagrams, atoms, formulas, numberLanguages, other, deadline);
        language.frames.takeApart(frames.patience());
        language.lock = LanguageLock.none(language.deadline);
        return language;
    }

    @Override
    public boolean isOpen() {
        return reachability.isOpen();
    }

    /** This language or, while its reachability is being computed, one like it that does not depend on that. */
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

    @Override
    public int estimate(Stepper stepper, StackSet stacks, int result) {
        whole.estimates++;
        try {
            return stepper.distance(stacks, result);
        } finally {
            whole.estimates--;
        }
    }

    @Override
    public boolean isEstimating() {
        return whole.estimates > 0;
    }

    @Override
    public WorkBudget budget() {
        return WorkBudget.ofPart(limits());
    }

    @Override
    public void prepare(List<Integer> ascending) {
        for (int lane : ascending) {
            if (lanes.target(lanes.get(lane)).formula() == null) {
                deep(() -> formulas.of(lanes.get(lane)));
            }
        }
    }

    @Override
    public Goal goal(int diagram) {
        return inside().own(diagram);
    }

    private Goal own(int diagram) {
        return goals.computeIfAbsent(diagram, d -> new Goal(this, d));
    }

    @Override
    public int typed(Goal goal, JsonType type) {
        if (!goal.knows(type)) {
            int asked = new Composition(this, lanes, formulas).of(goal.diagram(), type);
            goal.typed(type, narrowing == null ? asked : narrowing.narrowed(goal, type, asked));
        }
        return goal.typed(type);
    }

    @Override
    public Reachability reachability() {
        return reachability;
    }

    @Override
    public <T> T deep(Supplier<T> work) {
        return whole.recursion.call(work);
    }

    @Override
    public StringFrame strings(Goal goal) {
        return frames.strings(goal);
    }

    @Override
    public NumberLanguage numbers(Goal goal) {
        return frames.numbers(goal);
    }

    @Override
    public ArrayFrame arrays(Goal goal) {
        return frames.arrays(goal);
    }

    @Override
    public ObjectFrame objects(Goal goal) {
        return frames.objects(goal);
    }

    /** The frames of the values. */
    LanguageFrames frames() {
        return frames;
    }

    @Override
    public boolean isScalar(int lane) {
        if (lane == Atom.ANY_VALUE) {
            return true;
        }
        Formula formula = formulas.of(lanes.get(lane));
        return Diagrams.isEnd(formula.of(JsonType.OBJECT)) && Diagrams.isEnd(formula.of(JsonType.ARRAY));
    }

    /** The members that the schemas of a goal declare, in order. */
    List<String> named(Goal goal) {
        DeclaredKeys keys = new DeclaredKeys(lanes);
        diagrams.support(goal.diagram()).stream().forEach(lane -> keys.add(lanes.get(lane)));
        return keys.merged();
    }

    @Override
    public Reach reach(Goal goal) {
        return goal.reach();
    }

    @Override
    public boolean hasValue(Goal goal) {
        return !goal.isFinal() && narrowing == null && goal.hasSimpleValue()
                || !reach(goal).isEmpty();
    }

    @Override
    public <K> Reach remembered(Memo<K, Reach> memo, K key, Supplier<Reach> work) {
        return reachability.remembered(memo, key, work);
    }

    @Override
    public Reach remembered(@Nullable Reach known, Consumer<Reach> keep, Supplier<Reach> work) {
        return reachability.remembered(known, keep, work);
    }

    @Override
    public Reach reach(Goal goal, JsonType type) {
        return frames.reach(goal, type);
    }

    @Override
    public ValueState value(Goal goal) {
        return new ValueState(goal.language(), goal);
    }

    /** Whether the root schema has values that the bounds of the options exclude, those of digits apart. */
    public boolean hasLongValues() {
        return narrowing != null && narrowing.hasLongValues();
    }

    /** Works out how objects of a schema begin, if there is much to it. */
    public void begin(SchemaNode schema) {
        Goal goal = goal(schema);
        if (unions().isLarge(formulas.of(schema).of(JsonType.OBJECT))
                && !reach(goal, JsonType.OBJECT).isEmpty()) {
            Stepper stepper = stepper();
            stepper.step(stepper.step(StackSet.of(value(goal)), '{'), '"');
        }
    }

    /** The goal of the root schema: it must hold. */
    public Goal root() {
        return goal(lanes.root());
    }

    /** The goal of a schema: it must hold. */
    public Goal goal(SchemaNode schema) {
        return own(diagrams.variable(lanes.target(schema).lane()));
    }
}
