package dev.espalier.schemas.value;

import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.Memo;
import dev.espalier.schemas.atom.Algebra;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.formula.Disjointness;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.json.Layout;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.string.StringFrame;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.LanguageLock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the states of values know of the schema that they belong to. Whoever calls in from outside holds the lock. */
public interface ValueLanguage {

    /** What all who know of this schema share, and whoever calls in from outside holds. */
    LanguageLock lock();

    /** Until when the work that is going on must be done. */
    Deadline deadline();

    /** The limits of the work that is going on. */
    Limits limits();

    /** A budget for one piece of lazy work. */
    WorkBudget budget();

    /** Runs work that recurses, so that no depth overflows. */
    <T> T deep(Supplier<T> work);

    /** The diagrams over lanes and atoms. */
    Diagrams diagrams();

    /** The variables of diagrams of one type. */
    Atoms atoms();

    /** What diagrams are worked out with. */
    Algebra algebra();

    /** Proofs that no value satisfies two schemas. */
    Disjointness disjointness();

    /** The white space at this depth. */
    Layout layout();

    /** How characters are spelled. */
    Spelling spelling();

    /** In which order members are written. */
    MemberOrder memberOrder();

    /** Whether keys that are no names may come twice in an object. */
    boolean repeatsKeys();

    /** Whether every number may be written with an exponent. */
    boolean writesExponents();

    /** For running frames inside a frame. */
    Stepper stepper();

    /** Works out what some lanes say, in their order: that is the order in which their atoms are numbered. */
    void prepare(List<Integer> ascending);

    /** Whether a lane looks into no container: it judges all objects alike, and all arrays. */
    boolean isScalar(int lane);

    /** The goal that a container at this depth has of an item or a member: a diagram over lanes. */
    Goal goal(int diagram);

    /** What a goal asks of values of one type, as a diagram over atoms. */
    int typed(Goal goal, JsonType type);

    /** The state before a value. */
    ValueState value(Goal goal);

    /** The strings of a goal. */
    StringFrame strings(Goal goal);

    /** The numbers of a goal. */
    NumberLanguage numbers(Goal goal);

    /** The arrays of a goal. */
    Container arrays(Goal goal);

    /** The objects of a goal. */
    Container objects(Goal goal);

    /** The results that some value has, with the bytes of the shortest. */
    Reach reach(Goal goal);

    /** The results that values of one type have, with the bytes of the shortest. */
    Reach reach(Goal goal, JsonType type);

    /**
     * Whether some value has a result: often seen without looking for the shortest values, which means looking at all that
     * must be in them.
     */
    boolean hasValue(Goal goal);

    /** Which results goals at this depth reach. */
    Reachability reachability();

    /** Whether it is being worked out which values exist. */
    boolean isOpen();

    /** A value that depends on reachability, remembered unless it was worked out from results that may still improve. */
    <K> Reach remembered(Memo<K, Reach> memo, K key, Supplier<Reach> work);

    /** {@link Reachability#remembered(Reach, Consumer, Supplier)}. */
    Reach remembered(@Nullable Reach known, Consumer<Reach> keep, Supplier<Reach> work);
}
