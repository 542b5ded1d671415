// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.nfa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.core.ByteString;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Trees of literals, held to the literals one by one: all ways through the tree are walked. */
@org.jspecify.annotations.NullUnmarked
class LiteralTreeTest {

    @RandomTrials(400)
    void theTreeHasThePathsOfItsLiteralsAndAStateForEachBeginning(long seed, Random random) {
        int longest = random.nextInt(1, 8);
        int letters = random.nextInt(1, 4);
        List<ByteString> literals = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            byte[] text = new byte[random.nextInt(longest + 1) * (random.nextInt(20) == 0 ? 6 : 1)];
            for (int j = 0; j < text.length; j++) {
                text[j] = (byte) (random.nextInt(letters) * 100);
            }
            literals.add(ByteString.of(text));
        }
        Nfa nfa = new Nfa(WorkBudget.standard());
        nfa.addState();
        int from = nfa.addState();
        int to = nfa.addState();
        LiteralTree.add(nfa, from, to, literals, WorkBudget.standard());
        List<ByteString> read = new ArrayList<>();
        walk(nfa, from, to, new byte[0], read);
        Set<ByteString> beginnings = new HashSet<>();
        for (ByteString literal : literals) {
            for (int length = 1; length < literal.length(); length++) {
                beginnings.add(ByteString.of(Arrays.copyOf(literal.toByteArray(), length)));
            }
        }
        assertEquals(
                new ArrayList<>(new TreeSet<>(literals)), read.stream().sorted().toList(), "seed " + seed);
        assertEquals(3 + beginnings.size(), nfa.states(), "seed " + seed);
    }

    private static void walk(Nfa nfa, int state, int to, byte[] before, List<ByteString> read) {
        if (state == to) {
            read.add(ByteString.of(before));
            return;
        }
        for (int edge = nfa.firstEdge(state); edge >= 0; edge = nfa.nextEdge(edge)) {
            byte[] text = before;
            if (nfa.low(edge) != Nfa.EMPTY) {
                assertEquals(nfa.low(edge), nfa.high(edge));
                text = Arrays.copyOf(before, before.length + 1);
                text[before.length] = (byte) nfa.low(edge);
            }
            walk(nfa, nfa.target(edge), to, text, read);
        }
    }
}
