// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.language;

import dev.espalier.automata.state.State;
import dev.espalier.schemas.array.ArrayFrame;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.number.NumberLanguages;
import dev.espalier.schemas.object.Discriminator;
import dev.espalier.schemas.object.ObjectFrame;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.options.Spelling;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.string.LengthPattern;
import dev.espalier.schemas.string.StringAlternatives;
import dev.espalier.schemas.string.StringFrame;
import dev.espalier.schemas.value.Goal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames of the values of a language, each made on first use: its strings, numbers, arrays and objects. Guarded by the language's
 * lock.
 */
final class LanguageFrames {

    /** The number of characters from which a pattern that is a length is counted; shorter ones are read as automata. */
    private static final int MANY_CHARACTERS = 24;

    private final SchemaLanguage language;
    private final NumberLanguages numberLanguages;
    private final SchemaOptions options;
    private final Map<Integer, StringFrame> strings;
    private final Map<Integer, NumberLanguage> numbers;
    private final Map<List<Object>, ObjectFrame> objects = new HashMap<>();
    private final Map<Integer, ArrayFrame> arrays = new HashMap<>();
    private final Map<Goal, ObjectFrame> objectsOf = new HashMap<>();
    private final Map<Goal, ArrayFrame> arraysOf = new HashMap<>();
    private Discriminator.Patience patience;

    LanguageFrames(SchemaLanguage language, NumberLanguages numberLanguages, SchemaOptions options) {
        this.language = language;
        this.numberLanguages = numberLanguages;
        this.options = options;
        this.strings = new HashMap<>();
        this.numbers = new HashMap<>();
        this.patience = Discriminator.Patience.USUAL;
    }

    private LanguageFrames(SchemaLanguage language, LanguageFrames outer) {
        this.language = language;
        this.numberLanguages = outer.numberLanguages;
        this.options = outer.options;
        this.strings = outer.strings;
        this.numbers = outer.numbers;
        this.patience = outer.patience;
    }

    /** The frames of the same schema at another depth, which has arrays and objects of its own. */
    LanguageFrames at(SchemaLanguage depth) {
        return new LanguageFrames(depth, this);
    }

    /** The thresholds from which on objects are divided into alternatives. */
    Discriminator.Patience patience() {
        return patience;
    }

    /** Sets the thresholds from which on objects are divided into alternatives. */
    void takeApart(Discriminator.Patience other) {
        patience = other;
    }

    /** The strings of a goal. */
    StringFrame strings(Goal goal) {
        return goal.strings(() -> strings(language.typed(goal, JsonType.STRING)));
    }

    /** The strings of a diagram over atoms. */
    StringFrame strings(int diagram) {
        StringFrame known = strings.get(diagram);
        if (known == null) {
            int counted = LengthPattern.counted(
                    language.diagrams(), language.atoms(), diagram, MANY_CHARACTERS, language.budget());
            known = StringAlternatives.of(
                    language.algebra(),
                    counted,
                    language.spelling() == Spelling.SHORTEST,
                    patience.texts(),
                    language.budget());
            strings.put(diagram, known);
        }
        return known;
    }

    /** The numbers of a goal. */
    NumberLanguage numbers(Goal goal) {
        return goal.numbers(() -> numbers.computeIfAbsent(language.typed(goal, JsonType.NUMBER), this::numbers));
    }

    private NumberLanguage numbers(int diagram) {
        return numberLanguages.of(
                language.diagrams(),
                language.atoms(),
                diagram,
                options.withLimits(language.limits()),
                language.deadline());
    }

    /** The arrays of a goal. */
    ArrayFrame arrays(Goal goal) {
        ArrayFrame known = arraysOf.get(goal);
        if (known == null) {
            known = arrays.computeIfAbsent(language.typed(goal, JsonType.ARRAY), d -> new ArrayFrame(language, d));
            arraysOf.put(goal, known);
        }
        return known;
    }

    /** The objects of a goal. */
    ObjectFrame objects(Goal goal) {
        ObjectFrame known = objectsOf.get(goal);
        if (known == null) {
            int diagram = language.typed(goal, JsonType.OBJECT);
            List<String> declared = declared(goal);
            known = objects.get(List.of(diagram, declared));
            if (known == null) {
                known = ObjectFrame.of(language, diagram, declared, patience);
                objects.put(List.of(diagram, declared), known);
            }
            objectsOf.put(goal, known);
        }
        return known;
    }

    /** The results that objects of a diagram over atoms have, with keys in a goal's order. */
    int[] objects(int diagram, Goal goal) {
        return diagram == Diagrams.DEAD
                ? State.NO_RESULTS
                : ObjectFrame.of(language, diagram, declared(goal), patience)
                        .reachOpen()
                        .results();
    }

    private List<String> declared(Goal goal) {
        return language.memberOrder() == MemberOrder.ANY ? List.of() : language.named(goal);
    }

    /** The results that values of one type have, with the bytes of the shortest. */
    Reach reach(Goal goal, JsonType type) {
        int diagram = language.typed(goal, type);
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
}
