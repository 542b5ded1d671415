// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.string;

import dev.espalier.automata.state.State;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.schemas.atom.Algebra;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Cover;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.state.Reach;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts of JSON strings as a union of conjunctions that are read at the same time: a set of stacks holds them, and each
 * knows alone what it can still reach. Where one automaton would have to remember which subset of many words it has seen,
 * each conjunction remembers its own few. A text may belong to several; as they agree on its result, nothing is lost.
 *
 * <p>See {@code docs/design/strings.md}.
 *
 * @param parts the conjunctions that have a text
 */
@FastPath(oracle = "StringAlternativesTest")
public record StringAlternatives(List<StringFrame> parts) implements StringFrame {

    /**
     * Thresholds between ways to build the automaton of texts. Languages do not depend on them.
     *
     * @param plain states that a product of all automata at once may have before it is made by way of small ones
     * @param states that any of those may have before the texts are taken apart
     * @param parts that there may be
     */
    public record Patience(int plain, int states, int parts) {
        public static final Patience USUAL = new Patience(1 << 9, 1 << 12, 64);

        /** These thresholds with a number of states, as far as limits allow. */
        Patience upTo(int most, Limits limits) {
            return new Patience(plain, Math.min(most, CharacterAutomatonBuilder.mostStates(limits)), parts);
        }
    }

    /**
     * The language of a diagram, with the shortest escapes or any: one automaton if it is small, alternatives if those are few, else one automaton after all.
     *
     * @throws dev.espalier.core.error.EspalierException as {@link StringLanguages#of}
     */
    public static StringFrame of(
            Algebra algebra, int diagram, boolean isShortest, Patience patience, WorkBudget budget) {
        Patience last = patience.upTo(Integer.MAX_VALUE, budget.limits());
        StringFrame whole =
                within(patience.upTo(patience.states, budget.limits()), algebra, diagram, isShortest, budget);
        if (whole != null) {
            return whole;
        }
        List<Integer> conjunctions = isRead(algebra, diagram) ? List.of() : Cover.of(algebra, diagram, patience.parts);
        List<StringFrame> parts = new ArrayList<>();
        for (int conjunction : conjunctions.size() < 2 ? List.<Integer>of() : conjunctions) {
            StringFrame part = within(last, algebra, conjunction, isShortest, budget);
            if (part == null) {
                parts.clear();
                conjunctions = List.of();
                break;
            }
            if (!part.reach().isEmpty()) {
                parts.add(part);
            }
        }
        return conjunctions.size() > 1
                ? new StringAlternatives(List.copyOf(parts))
                : StringLanguages.of(algebra.diagrams(), algebra.atoms(), diagram, isShortest, budget);
    }

    private static @Nullable StringFrame within(
            Patience patience, Algebra algebra, int diagram, boolean isShortest, WorkBudget budget) {
        return StringLanguages.within(patience, algebra.diagrams(), algebra.atoms(), diagram, isShortest, budget);
    }

    /** True if some demands on a text are not regular; they are then judged for the whole union at once. */
    private static boolean isRead(Algebra algebra, int diagram) {
        return algebra.diagrams().support(diagram).stream()
                .anyMatch(variable -> algebra.atoms().get(variable) instanceof Atom.Read);
    }

    @Override
    public List<State> beginnings() {
        return parts.stream().flatMap(part -> part.beginnings().stream()).toList();
    }

    @Override
    public Reach reach() {
        Reach reach = Reach.NONE;
        for (StringFrame part : parts) {
            reach = reach.or(part.reach());
        }
        return reach;
    }
}
