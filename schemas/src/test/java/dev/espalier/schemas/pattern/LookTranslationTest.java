// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.WorkBudget;
import dev.espalier.grammar.Expression;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.grammar.regex.tree.RegexTree;
import dev.espalier.schemas.characters.CharacterAutomaton;
import dev.espalier.schemas.characters.CharacterAutomatonBuilder;
import dev.espalier.schemas.characters.Derivatives;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is translated means what {@link LookAround} reads. */
class LookTranslationTest {

    private static final List<String> TEXTS = texts();
    private static final String[] ATOMS = {"a", "b", "-", ".", "[ab]", "[^-]", "(?:a|-b)", "\\w"};
    private static final String[] COUNTS = {"", "", "?", "*", "+", "{1,2}", "{2}", "{0,3}"};

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < 5; i++) {
            for (String letter : List.of("a", "b", "-")) {
                texts.add(texts.get(i) + letter);
            }
        }
        texts.addAll(List.of("\n", "a\n", "\na", "a\nb", "-\n"));
        return texts;
    }

    private static boolean agrees(String pattern, boolean must) {
        RegexTree tree = new RegexReader().tree(pattern, WorkBudget.standard());
        Expression expression = LookTranslation.searching(tree, WorkBudget.standard());
        assertTrue(expression != null || !must, () -> pattern + " is not translated");
        if (expression == null) {
            return false;
        }
        Derivatives derivatives = new Derivatives(WorkBudget.standard());
        CharacterAutomaton found =
                CharacterAutomatonBuilder.of(derivatives, derivatives.of(expression), WorkBudget.standard());
        CharacterAutomaton slow = LookAround.searching(tree, WorkBudget.standard());
        for (String text : TEXTS) {
            assertEquals(slow.run(text) >= 0, found.run(text) >= 0, () -> pattern + " on " + text);
        }
        return true;
    }

    @Test
    void whatUsersWriteIsTranslated() {
        for (String pattern : List.of(
                "^(?:(?!-)[a-]{1,3}(?<!-)-)+b$",
                "^((?!-)[ab-]{1,3}(?<!-)-?){1,9}$",
                "^(?!.*--)(?=.{1,4}$)((a|b-)+(?!b*$)[ab]+)$",
                "^(a|(?=b)[ab-]{2}|-)$",
                "^(?!-)[ab-]{1,3}(?<!-)$",
                "(?=.{2,3}$)a[^-]+-",
                "^(?![-b])([ab-]{0,3})((?![-])([ab]|^[a]{0,1}))-(?![-])[ab-]{1,3}((?![-])([ab]|^a?))",
                "^(?:(?=a)[ab]|(?!a)[-b])*$",
                "^a(?:b(?!-)|-){0,2}$")) {
            agrees(pattern, true);
        }
    }

    @Test
    void randomPatternsMeanTheSame() {
        Random random = new Random(99);
        int translated = 0;
        for (int round = 0; round < 500; round++) {
            String pattern = (random.nextInt(3) > 0 ? "^" : "") + some(random, 3) + (random.nextInt(3) > 0 ? "$" : "");
            translated += agrees(pattern, false) ? 1 : 0;
        }
        assertTrue(translated > 150, translated + " translated");
    }

    private static String some(Random random, int depth) {
        StringBuilder all = new StringBuilder();
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            switch (depth == 0 ? 9 : random.nextInt(10)) {
                case 0 -> all.append("(?=").append(some(random, depth - 1)).append(random.nextBoolean() ? "$)" : ")");
                case 1 -> all.append("(?!").append(some(random, depth - 1)).append(random.nextBoolean() ? "$)" : ")");
                case 2 ->
                    all.append("(?<!")
                            .append(ATOMS[random.nextInt(ATOMS.length)])
                            .append(')');
                case 3 ->
                    all.append("(?<=")
                            .append(ATOMS[random.nextInt(ATOMS.length)])
                            .append(')');
                case 4 ->
                    all.append("(?:")
                            .append(some(random, depth - 1))
                            .append('|')
                            .append(some(random, depth - 1))
                            .append(')')
                            .append(COUNTS[random.nextInt(COUNTS.length)]);
                default ->
                    all.append(ATOMS[random.nextInt(ATOMS.length)]).append(COUNTS[random.nextInt(COUNTS.length)]);
            }
        }
        return all.toString();
    }
}
