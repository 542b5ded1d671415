// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.value;

import dev.espalier.automata.state.ByteView;
import dev.espalier.automata.state.Horizon;
import dev.espalier.core.collect.Answers;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.Formula;
import dev.espalier.schemas.characters.JsonTexts;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.string.StringFrame;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The demands on a value: a decision diagram over lanes (schemas that the value is read against at once), whose ends are the results
 * that the parent distinguishes. Results are numbered in the order of the diagram's ends, so that equal demands are one goal. Mutable
 * parts belong to {@link ValueLanguage}.
 */
public final class Goal {

    private final ValueLanguage language;
    private final int diagram;
    private final int[] typed = new int[Formula.TYPES];
    private int known;
    /** The results found so far; all of them once {@link #isFinal}. */
    Reach reach = Reach.NONE;

    /** By type, whether it has a value with some result. */
    private final Answers possible = new Answers();

    boolean isFinal;
    int round;

    private @Nullable StringFrame strings;
    private @Nullable NumberLanguage numbers;

    private @Nullable Horizon askedFarthest;
    private @Nullable FarthestInValue farthest;

    public Goal(ValueLanguage language, int diagram) {
        this.language = language;
        this.diagram = diagram;
    }

    /** The language that this goal belongs to. */
    public ValueLanguage language() {
        return language;
    }

    /** The diagram over lanes. */
    public int diagram() {
        return diagram;
    }

    /**
     * A bound on the distance of a value from its end after what texts of a horizon have after some symbols; null if it is not known at
     * once.
     */
    @Nullable
    public FarthestInValue farthest(Horizon horizon, String symbols) {
        if (askedFarthest != horizon) {
            Set<String> texts = JsonTexts.of(horizon).behind(symbols);
            farthest = texts == null ? null : FarthestInValue.of(language, this, texts);
            askedFarthest = horizon;
        }
        return farthest;
    }

    /** True if all reachable results are known. */
    public boolean isFinal() {
        return isFinal;
    }

    /** The results that some value has, with the bytes of the shortest. */
    public Reach reach() {
        return isFinal ? reach : language.reachability().of(this);
    }

    /** The strings of the goal, computed once. */
    public StringFrame strings(Supplier<StringFrame> work) {
        StringFrame known = strings;
        if (known == null) {
            known = work.get();
            strings = known;
        }
        return known;
    }

    /** The numbers of the goal, computed once. */
    public NumberLanguage numbers(Supplier<NumberLanguage> work) {
        NumberLanguage known = numbers;
        if (known == null) {
            known = work.get();
            numbers = known;
        }
        return known;
    }

    /** True if the diagram of a type has been computed. */
    public boolean knows(JsonType type) {
        return (known >> type.ordinal() & 1) != 0;
    }

    /** Whether some value of a type has a result. */
    public boolean isPossible(JsonType type) {
        if (possible.isKnown(type.ordinal())) {
            return possible.isYes(type.ordinal());
        }
        // what this depends on is settled first: only then is the answer, and kept
        boolean some =
                !language.reach(this).isEmpty() && !language.reach(this, type).isEmpty();
        return isFinal ? possible.put(type.ordinal(), some) : some;
    }

    /** Whether a literal, any string or any number is a value, or an empty array or object. */
    public boolean hasSimpleValue() {
        for (JsonType type : JsonType.values()) {
            int diagram = language.typed(this, type);
            boolean isContainer = type == JsonType.ARRAY || type == JsonType.OBJECT;
            while (isContainer && diagram >= 0) {
                diagram = language.diagrams()
                        .branch(
                                diagram,
                                language.atoms().get(language.diagrams().top(diagram)) instanceof Atom.Unique);
            }
            if (Diagrams.isEnd(diagram) && diagram != Diagrams.DEAD) {
                return true;
            }
        }
        return false;
    }

    /**
     * A quick filter, for any thread without the lock: false only where it is known that no value that is good begins with
     * a byte.
     */
    public boolean mayBegin(int symbol) {
        JsonType type = JsonType.of(symbol);
        if (type == null || possible.isNo(type.ordinal())) {
            return false;
        }
        NumberLanguage some = type == JsonType.NUMBER && possible.isYes(type.ordinal()) ? numbers : null;
        return some == null || ByteView.mayRead(some.start(), symbol);
    }

    /** The diagram over a type's atoms. */
    public int typed(JsonType type) {
        return typed[type.ordinal()];
    }

    public void typed(JsonType type, int worked) {
        typed[type.ordinal()] = worked;
        known |= 1 << type.ordinal();
    }
}
