// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.state.State;
import dev.espalier.core.Cancellation;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.WorkMeter;
import dev.espalier.core.error.CompileTimeoutException;
import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.check.Contradiction;
import dev.espalier.schemas.check.ContradictionSearch;
import dev.espalier.schemas.check.SchemaCheck;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Located;
import dev.espalier.schemas.document.Metaschemas;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.formula.Formulas;
import dev.espalier.schemas.formula.Lanes;
import dev.espalier.schemas.formula.SchemaNode;
import dev.espalier.schemas.json.NestingDepth;
import dev.espalier.schemas.json.Pointer;
import dev.espalier.schemas.language.Renewal;
import dev.espalier.schemas.language.SchemaLanguage;
import dev.espalier.schemas.language.StartState;
import dev.espalier.schemas.number.NumberLanguages;
import dev.espalier.schemas.object.Discriminator;
import dev.espalier.schemas.options.CompileReport;
import dev.espalier.schemas.options.Enforcement;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.value.Goal;
import dev.espalier.schemas.value.RootState;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.LanguageLock;
import dev.espalier.schemas.work.Learned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiles JSON Schemas to frames. A compiler keeps what it has learned of patterns, formats and tests of numbers, up to
 * some megabytes, and gets faster as it is used again. Thread-safe.
 *
 * <p>What the root needs is worked out while compiling: whether it has a value at all. So are parts that may mean very much
 * work, within a quarter of the deadline. Everything else follows when a text is read.
 */
public final class SchemaCompiler {

    /** The share of the deadline, as a divisor, in which parts of a schema are worked out that a text may come to later. */
    private static final int PARTS_SHARE = 4;

    /** Estimated bytes of the automata of patterns that are kept for other schemas. */
    private static final long PATTERN_BYTES = 8L << 20;

    /** Schemas that cost less work than that hold little, so that what they hold is not counted. */
    private static final long SMALL_WORK = 8_000;

    /** Estimated bytes of such a schema, to which each character of its text and each unit of work is added. */
    private static final long SMALL_BYTES = 16 << 10;

    private static final long BYTES_A_CHARACTER = 64;
    private static final long BYTES_A_UNIT = 32;

    private final RegexReader patterns = new RegexReader();
    private final Map<String, Patterns.Pattern> formats = new ConcurrentHashMap<>();
    private final Learned<Patterns.Key, Patterns.Made> learned = new Learned<>(PATTERN_BYTES);
    private final NumberLanguages numbers = new NumberLanguages();
    private final Metaschemas metaschemas = new Metaschemas();
    private final Discriminator.Patience patience;

    /** A compiler that has learned nothing yet. */
    public SchemaCompiler() {
        this(Discriminator.Patience.USUAL);
    }

    /** A compiler with other thresholds for dividing objects, which changes nothing but the effort. */
    SchemaCompiler(Discriminator.Patience patience) {
        this.patience = patience;
    }

    /** {@link #compile(String, SchemaOptions, WorkBudget)} under the options' limits, cancelled by nobody. */
    public CompiledSchema compile(String schema, SchemaOptions options) {
        Objects.requireNonNull(options, "options");
        return compile(schema, options, new WorkBudget(options.limits(), new Cancellation()));
    }

    /**
     * The texts of the values that a schema allows, as a frame.
     *
     * @param schema the schema's JSON text
     * @param options how to read it, and how its values are written
     * @param budget what the compilation may spend
     * @throws SyntaxException if the text or a document that it refers to is no JSON, repeats a key, or is no schema; with
     *     the document's URI, place and JSON pointer
     * @throws ReferenceException if a reference leads nowhere, to a document that was not supplied, or to itself
     * @throws UnsupportedFeatureException if a keyword cannot be enforced as well as the options demand; it names all of
     *     them
     * @throws UnsatisfiableException if no value at all is allowed; it names the keywords that exclude each other
     * @throws LimitExceededException past a limit; {@link EspalierException} for timeout and cancellation as the budget
     *     says
     */
    public CompiledSchema compile(String schema, SchemaOptions options, WorkBudget budget) {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(budget, "budget");
        Renewable first = compiled(schema, options, budget);
        Renewal renewal = new Renewal(
                first.generation,
                Math.min(Long.MAX_VALUE / 1000, options.limits().stepDeadline().toMillis()) * 250,
                () -> compiled(schema, options, WorkBudget.ofRepetition(options.limits())).generation);
        return new CompiledSchema(
                new PushdownAutomaton(new StartState(renewal), List.of(), renewal::estimatedBytes), first.report);
    }

    /**
     * Estimated bytes of what is kept for later schemas: automata of patterns and formats, and languages of numbers. At most
     * some 12 MB. What a compiled schema holds itself is not in it. Safe for any thread, also while schemas are compiled. Cost:
     * linear in the number of formats that were met.
     */
    public long cacheBytes() {
        long bytes = learned.bytes() + numbers.cacheBytes();
        for (Patterns.Pattern format : formats.values()) {
            bytes += format.texts().bytes();
        }
        return bytes;
    }

    private Renewable compiled(String schema, SchemaOptions options, WorkBudget budget) {
        return budget.meter()
                .run(() -> DeepStack.call(NestingDepth.of(schema), () -> renewable(schema, options, budget)));
    }

    private record Renewable(Renewal.Generation generation, CompileReport report) {}

    private Renewable renewable(String schema, SchemaOptions options, WorkBudget budget) {
        long before = budget.meter().spent();
        SchemaDocuments documents = new SchemaDocuments(schema, options, budget.limits(), metaschemas);
        Patterns automata = patterns(options, budget);
        SchemaCheck check = new SchemaCheck(documents, options, automata);
        CompileReport report = check.run();
        Deadline deadline = new Deadline(options.limits());
        Lanes lanes = new Lanes(documents, check.scopes(), check.hasLoops());
        SchemaLanguage language = language(lanes, check, automata, options, deadline);
        Goal goal = language.root();
        try (LanguageLock held = language.lock().enter()) {
            if (language.reach(goal).isEmpty()) {
                if (language.hasLongValues()) {
                    throw new UnsatisfiableException(
                            "the bounds that the options set leave no value of this schema; take larger ones",
                            lanes.place(lanes.root()));
                }
                SchemaOptions free = options.withBounds(
                        options.bounds().withDigits(GenerationBounds.UNBOUNDED, GenerationBounds.UNBOUNDED));
                if (!free.equals(options)) { // there may be values of more digits
                    return renewable(schema, free, budget);
                }
                WorkMeter search = WorkMeter.ofCompilation(
                        options.limits().withCompileDeadline(Duration.ofMillis(ContradictionSearch.MILLIS)),
                        budget.meter().cancellation());
                Contradiction why = new ContradictionSearch(
                                documents,
                                at -> isEmpty(language, lanes, at),
                                (text, at) -> search.run(() -> isEmpty(text, at, options, search)))
                        .run();
                throw new UnsatisfiableException(why.message(), why.at().place());
            }
            check.distinctInThemselves().forEach(at -> isEmpty(language, lanes, at)); // or refused by name
            // what takes too much is a matter of the compilation, not of the mask that comes to it first
            long share = WorkMeter.units(options.limits().compileDeadline()) / PARTS_SHARE;
            boolean unused = budget.meter()
                    .within(
                            share,
                            () -> check.costly().forEach(at -> {
                                SchemaNode node = lanes.of(at);
                                language.reach(language.goal(node));
                                language.begin(node);
                            }));
            automata.endCompilation();
            language.endCompilation();
            check.patterned().forEach(at -> language.objects(language.goal(lanes.of(at))));
        }
        boolean isAround =
                options.whiteSpace().max() > 0 && options.whiteSpace().isAround();
        State start = isAround ? new RootState(language, goal, false, 0) : language.value(goal);
        long work = budget.meter().spent() - before;
        long bytes = work < SMALL_WORK
                ? SMALL_BYTES + BYTES_A_CHARACTER * schema.length() + BYTES_A_UNIT * work
                : Footprint.of(language);
        return new Renewable(new Renewal.Generation(language, start, bytes, deadline.ticks(), work), report);
    }

    private Patterns patterns(SchemaOptions options, WorkBudget budget) {
        return new Patterns(patterns, formats, learned, options.least() != Enforcement.EXACT, budget);
    }

    private SchemaLanguage language(
            Lanes lanes, SchemaCheck check, Patterns automata, SchemaOptions options, Deadline deadline) {
        Diagrams diagrams = new Diagrams(automata.budget().limits().maxIrNodes(), deadline);
        Atoms atoms = new Atoms(diagrams, check.alternatives(), check.checkedAtEnd());
        Formulas formulas = new Formulas(lanes, diagrams, atoms, automata, options);
        SchemaLanguage language = new SchemaLanguage(lanes, diagrams, atoms, formulas, numbers, options, deadline);
        language.takeApart(patience);
        return language;
    }

    private static boolean isEmpty(SchemaLanguage language, Lanes lanes, Located at) {
        try {
            return language.reach(language.goal(lanes.of(at))).isEmpty();
        } catch (LimitExceededException | CompileTimeoutException e) {
            return false;
        }
    }

    /** Whether a schema inside a text has no value; false where that cannot be said. */
    private boolean isEmpty(String schema, Pointer at, SchemaOptions options, WorkMeter meter) {
        try {
            meter.look();
            WorkBudget budget = new WorkBudget(options.limits(), meter);
            SchemaDocuments documents = new SchemaDocuments(schema, options, budget.limits(), metaschemas);
            Located root = documents.root();
            Located found = at.equals(Pointer.ROOT)
                    ? root
                    : root.resource().document().walk(root, at.toString().substring(1), new ArrayList<>());
            Patterns automata = patterns(options, budget);
            SchemaCheck check = new SchemaCheck(documents, options, automata);
            check.run();
            Deadline deadline = new Deadline(options.limits());
            Lanes lanes = new Lanes(documents, check.scopes(), check.hasLoops());
            SchemaLanguage language = language(lanes, check, automata, options, deadline);
            return found != null && isEmpty(language, lanes, found);
        } catch (SyntaxException
                | ReferenceException
                | UnsupportedFeatureException
                | LimitExceededException
                | CompileTimeoutException e) {
            return false;
        }
    }
}
