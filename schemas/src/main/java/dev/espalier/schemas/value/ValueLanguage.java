// SPDX-License-Identifier: Apache-2.0
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

/** The language of one schema, as the states of its values see it. Callers from outside must hold the lock. */
public interface ValueLanguage {

    /** The lock of everything learned about this schema; callers from outside must hold it. */
    LanguageLock lock();

    /** The deadline of the current step. */
    Deadline deadline();

    /** The limits of the current work. */
    Limits limits();

    /** A budget for one piece of lazy work. */
    WorkBudget budget();

    /** Runs recursive work so that no depth overflows the stack. */
    <T> T deep(Supplier<T> work);

    /** The diagrams over lanes and atoms. */
    Diagrams diagrams();

    /** The variables of diagrams of one type. */
    Atoms atoms();

    /** The tools that compute with diagrams. */
    Algebra algebra();

    /** Proofs that no value satisfies two schemas. */
    Disjointness disjointness();

    /** The layout (white space) at this depth. */
    Layout layout();

    /** How values are written at this depth. */
    FreeKey.Writing writing();

    /** The spellings allowed for characters. */
    Spelling spelling();

    /** The order in which members are written. */
    MemberOrder memberOrder();

    /** Whether keys that are no names may come twice in an object. */
    boolean repeatsKeys();

    /** Whether every number may be written with an exponent. */
    boolean writesExponents();

    /** A stepper for frames that run inside a frame. */
    Stepper stepper();

    /** Computes the formulas of some lanes, in order: that is the order in which their atoms are numbered. */
    void prepare(List<Integer> ascending);

    /** True if a lane does not look into containers: it gives all objects one verdict, and all arrays. */
    boolean isScalar(int lane);

    /** The goal of an item or a member of a container at this depth, from a diagram over lanes. */
    Goal goal(int diagram);

    /** The demands of a goal on values of one type, as a diagram over atoms. */
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
     * True if some value has a result. Often cheaper than {@link #reach(Goal)}, which must look at everything that shortest values
     * contain.
     */
    boolean hasValue(Goal goal);

    /** The reachability of goals at this depth. */
    Reachability reachability();

    /** True while reachability is being computed. */
    boolean isOpen();

    /** A value computed from reachability, cached unless it was computed from results that may still improve. */
    <K> Reach remembered(Memo<K, Reach> memo, K key, Supplier<Reach> work);

    /** {@link Reachability#remembered(Reach, Consumer, Supplier)}. */
    Reach remembered(@Nullable Reach known, Consumer<Reach> keep, Supplier<Reach> work);
}
