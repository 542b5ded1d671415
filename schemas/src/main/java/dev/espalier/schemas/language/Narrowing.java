// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.schemas.array.ArrayFrame;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.options.GenerationBounds;
import dev.espalier.schemas.string.StringAlternatives;
import dev.espalier.schemas.string.StringFrame;
import dev.espalier.schemas.string.StringLanguage;
import dev.espalier.schemas.value.Goal;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The narrowing of goals by {@link GenerationBounds}, numbers apart: a bound is one more atom. It grows until every result that values have without
 * bounds is reachable again, as the language without bounds shows.
 */
final class Narrowing {

    /** The size from which a bound that had to grow counts as none. */
    private static final int FAR = 1 << 20;

    private final SchemaLanguage endless;
    private final Diagrams diagrams;
    private final Atoms atoms;
    private final GenerationBounds bounds;

    /** @param endless the same schema with bounds of digits alone */
    Narrowing(SchemaLanguage endless, GenerationBounds bounds) {
        this.endless = endless;
        this.diagrams = endless.diagrams();
        this.atoms = endless.atoms();
        this.bounds = bounds;
    }

    /** Whether the schema has values without these bounds. */
    boolean hasLongValues() {
        return !endless.reach(endless.root()).isEmpty();
    }

    /** The demands of a goal on values of a type, with the bounds added. */
    int narrowed(Goal goal, JsonType type, int diagram) {
        if (diagram == Diagrams.DEAD) {
            return diagram;
        }
        return switch (type) {
            case STRING ->
                hasMost(diagram) || isFinite(diagram)
                        ? diagram
                        : narrowed(diagram, bounds.characters(), n -> atoms.truth(new Atom.Length(n)), this::strings);
            case ARRAY -> hasMost(diagram) ? diagram : narrowed(diagram, bounds.items(), atoms::longAs, this::arrays);
            case OBJECT -> {
                KeySet others = others(goal, diagram);
                yield hasMost(diagram)
                        ? diagram
                        : narrowed(
                                diagram,
                                bounds.members(),
                                n -> atoms.members(n, others),
                                d -> endless.frames().objects(d, goal));
            }
            default -> diagram;
        };
    }

    /**
     * The diagram with a bound on the length, which grows if values need it.
     *
     * @param longer the diagram of "has at least so many"
     * @param results the results of the values of a diagram
     */
    private int narrowed(int diagram, int most, IntUnaryOperator longer, IntFunction<int[]> results) {
        for (int n = most; n < FAR; n *= 2) {
            int test = longer.applyAsInt(n + 1);
            if (n == most && results.apply(diagrams.choose(test, diagram, Diagrams.DEAD)).length == 0) {
                return diagram;
            }
            int shorter = diagrams.choose(test, Diagrams.DEAD, diagram);
            if (Arrays.equals(results.apply(shorter), results.apply(diagram))) {
                return shorter;
            }
        }
        return diagram;
    }

    private int[] strings(int diagram) {
        return diagram == Diagrams.DEAD
                ? new int[0]
                : endless.frames().strings(diagram).reach().results();
    }

    private int[] arrays(int diagram) {
        return diagram == Diagrams.DEAD
                ? new int[0]
                : new ArrayFrame(endless, diagram).reachOpen().results();
    }

    /** True if a diagram has finitely many texts, such as constants. */
    private boolean isFinite(int diagram) {
        StringFrame texts = endless.frames().strings(diagram);
        List<StringFrame> parts = texts instanceof StringAlternatives several ? several.parts() : List.of(texts);
        return parts.stream().allMatch(part -> part instanceof StringLanguage one && isFinite(one.automaton()));
    }

    private static boolean isFinite(CharacterAutomaton automaton) {
        int[] entries = new int[automaton.states()];
        for (int state = 0; state < entries.length; state++) {
            for (int r = automaton.rangeFrom(state, 0); r < automaton.rangeEnd(state); r++) {
                entries[automaton.target(r)]++;
            }
        }
        // what is not taken away from the front lies on a cycle or is reached from one
        ArrayDeque<Integer> free = new ArrayDeque<>();
        IntStream.range(0, entries.length).filter(state -> entries[state] == 0).forEach(free::add);
        int taken = 0;
        for (; !free.isEmpty(); taken++) {
            int state = free.remove();
            for (int r = automaton.rangeFrom(state, 0); r < automaton.rangeEnd(state); r++) {
                if (--entries[automaton.target(r)] == 0) {
                    free.add(automaton.target(r));
                }
            }
        }
        return taken == entries.length;
    }

    /** True if the values of a diagram have a greatest number of characters, items or members. */
    private boolean hasMost(int diagram) {
        return diagrams.support(diagram).stream().anyMatch(variable -> {
            Atom atom = atoms.get(variable);
            boolean counts = atom instanceof Atom.Length;
            if (atom instanceof Atom.Members members) {
                counts = members.keys().equals(KeySet.ALL) && members.lane() == Atom.ANY_VALUE;
            } else if (atom instanceof Atom.Items items) {
                counts = items.to() == Integer.MAX_VALUE && items.lane() == Atom.ANY_VALUE;
            }
            return counts && diagrams.restrict(diagram, variable, true) == Diagrams.DEAD;
        });
    }

    /** The keys that neither a declaration nor an atom names. */
    private KeySet others(Goal goal, int diagram) {
        Set<String> names = new HashSet<>(endless.named(goal));
        diagrams.support(diagram).stream().forEach(variable -> {
            if (atoms.get(variable) instanceof Atom.Members members && members.keys() instanceof KeySet.Name name) {
                names.add(name.name());
            }
        });
        return new KeySet.Except(names, List.of());
    }
}
