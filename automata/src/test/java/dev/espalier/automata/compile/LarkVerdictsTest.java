// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.PushdownAutomaton;
import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.dialect.GrammarDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Grammar files of Lark beside what the Python packages lark and llguidance say of texts ({@code src/test/python/lark_verdicts.py}). */
class LarkVerdictsTest {

    /** Grammars that llguidance reads and that are refused here, by name; none of Lark's are. */
    private static final int MOST_REFUSED = 11;

    private record Given(GrammarDialect dialect, String grammar, Map<String, Boolean> verdicts) {}

    private static List<Given> all() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                LarkVerdictsTest.class.getResourceAsStream("/dev/espalier/automata/lark-verdicts.txt"))) {
            List<Given> all = new ArrayList<>();
            for (String block : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^= ")) {
                if (!block.isEmpty()) {
                    all.add(given(block.lines().toList()));
                }
            }
            return all;
        }
    }

    private static Given given(List<String> lines) {
        StringBuilder grammar = new StringBuilder();
        Map<String, Boolean> verdicts = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith(">")) {
                grammar.append(line.substring(1)).append('\n');
            } else {
                String text = line.substring(1).translateEscapes();
                verdicts.put(text, line.startsWith("+"));
            }
        }
        return new Given(GrammarDialect.named(lines.get(0)), grammar.toString(), verdicts);
    }

    @Test
    void textsAreThoseThatThePackagesAccept() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Given given : all()) {
            PushdownAutomaton automaton;
            try {
                automaton = AutomatonCompiler.compile(
                        given.dialect.newReader().read(given.grammar), Map.of(), WorkBudget.standard());
            } catch (UnsupportedFeatureException e) {
                assertEquals(GrammarDialect.LLGUIDANCE, given.dialect, e.getMessage());
                refused.add(e.getMessage());
                continue;
            } catch (UnsatisfiableException e) {
                assertFalse(given.verdicts.containsValue(true), given.grammar);
                continue;
            }
            given.verdicts.forEach((text, verdict) -> assertEquals(
                    verdict,
                    accepts(automaton, text),
                    () -> given.dialect + ", \"" + text + "\" of\n" + given.grammar));
        }
        assertTrue(refused.size() <= MOST_REFUSED, refused::toString);
    }

    private static boolean accepts(PushdownAutomaton automaton, String text) {
        Stepper stepper = new Stepper(Limits.DEFAULT);
        StackSet set = StackSet.of(automaton.start());
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            set = stepper.step(set, value & 0xff);
            if (set.isEmpty()) {
                return false;
            }
        }
        return stepper.results(set).length > 0;
    }
}
