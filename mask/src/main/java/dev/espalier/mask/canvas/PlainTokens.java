package dev.espalier.mask.canvas;

import dev.espalier.grammar.WorkBudget;
import dev.espalier.mask.TokenTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of a trie do to a frame that reads any text and forgets it, such as the inside of a string. Plain text is
 * UTF-8 without quotation marks, backslashes and control characters. Where such a frame reads it, it is either back in its
 * state or inside a character, in one of the seven situations of {@link #next}. So the tokens can be sorted once, for all
 * such frames: those that end in each situation, and the <em>fringe</em>, the edges at which plain text ends. One thread.
 */
final class PlainTokens {

    /** Between two characters. */
    private static final int BETWEEN = 0;

    private static final int SITUATIONS = 8;
    private static final int DEAD = -1;
    private static final int FRINGE = -2;
    private static final int[] UNFIT = {};

    private final FrameTable frames;
    private final TokenTrie trie;
    private final TokenSets tokenSets;
    private final Map<Integer, int[]> situations = new HashMap<>();
    private final Map<Integer, Below> belowNodes = new HashMap<>();
    private final Map<Integer, Below> belowPlaces = new HashMap<>();
    private long bytes;

    PlainTokens(FrameTable frames, TokenTrie trie, TokenSets tokenSets) {
        this.frames = frames;
        this.trie = trie;
        this.tokenSets = tokenSets;
    }

    /**
     * Tokens from some edges on.
     *
     * @param tokens for each situation, the number of the set of tokens that end in it; -1 if there are none
     * @param fringe the edges at which plain text ends
     */
    record Below(int[] tokens, int[] fringe) {}

    /** The states in which a frame is in each situation; null if it does not forget plain text. */
    int @Nullable [] situations(int state, WorkBudget budget) {
        if (frames.plainTextBound(state) != Integer.MAX_VALUE) {
            return null;
        }
        int[] known = situations.get(state);
        if (known == null) {
            known = worked(state, budget);
            situations.put(state, known);
            bytes += 100;
        }
        return known == UNFIT ? null : known;
    }

    private int[] worked(int state, WorkBudget budget) {
        int[] states = new int[SITUATIONS];
        Arrays.fill(states, DEAD);
        states[BETWEEN] = state;
        // Each situation is entered before it is left: those that are further from the end of a character come first.
        for (int situation : new int[] {BETWEEN, 7, 6, 3, 5, 4, 2, 1}) {
            if (frames.results(states[situation]).length > 0) {
                return UNFIT;
            }
            for (int symbol = 0; symbol < 256; symbol++) {
                budget.step();
                int next = next(situation, symbol);
                if (next != FRINGE && !fits(states, situation, symbol, next, budget)) {
                    return UNFIT;
                }
            }
        }
        return states;
    }

    private boolean fits(int[] states, int situation, int symbol, int next, WorkBudget budget) {
        FrameTable.Steps steps = frames.look(states[situation], symbol, budget);
        if (steps.callees().length > 0 || steps.stays().length != (next == DEAD ? 0 : 1)) {
            return false;
        }
        if (next == DEAD) {
            return true;
        }
        int reached = steps.stays()[0];
        if (states[next] == DEAD) {
            states[next] = reached;
        }
        return states[next] == reached;
    }

    /** From a node on. */
    Below below(int node, WorkBudget budget) {
        Below known = belowNodes.get(node);
        if (known == null) {
            IntList children = new IntList();
            for (int child = node + 1; child < trie.end(node); child = trie.end(child)) {
                children.add(child);
            }
            known = sorted(children.toArray(), budget);
            belowNodes.put(node, known);
        }
        return known;
    }

    /** From the edges of a place on, special tokens left out. */
    Below below(int place, int[] edges, WorkBudget budget) {
        Below known = belowPlaces.get(place);
        if (known == null) {
            known = sorted(edges, budget);
            belowPlaces.put(place, known);
        }
        return known;
    }

    private Below sorted(int[] edges, WorkBudget budget) {
        List<IntList> ending = new ArrayList<>();
        for (int situation = 0; situation < SITUATIONS; situation++) {
            ending.add(new IntList());
        }
        IntList fringe = new IntList();
        int[] at = new int[trie.depth() + 1];
        for (int edge : edges) {
            if (edge < 0 || edge >= trie.nodeCount()) {
                continue;
            }
            int top = (trie.label(edge) >>> 8) - 1;
            at[top] = BETWEEN;
            for (int node = edge; node < trie.end(edge); ) {
                budget.step();
                int depth = trie.label(node) >>> 8;
                int next = next(at[depth - 1], trie.label(node) & 0xff);
                if (next == FRINGE) {
                    fringe.add(node);
                }
                if (next < 0) {
                    node = trie.end(node);
                    continue;
                }
                at[depth] = next;
                ending.get(next).addAll(trie.tokens(), trie.firstToken(node), trie.firstToken(node + 1));
                node++;
            }
        }
        int[] tokens = ending.stream()
                .mapToInt(ids -> ids.size() == 0 ? -1 : tokenSets.number(ids.toArray()))
                .toArray();
        bytes += 100 + 4L * fringe.size();
        budget.allocate(100 + 4L * fringe.size());
        return new Below(tokens, fringe.toArray());
    }

    /**
     * The situation after a byte: 1 to 3 for as many continuation bytes to come, whichever; 4 and 5 behind E0 and ED, 6 and 7
     * behind F0 and F4, where the next one is bounded.
     */
    private static int next(int situation, int symbol) {
        boolean continues = symbol >>> 6 == 2;
        return switch (situation) {
            case BETWEEN -> first(symbol);
            case 1, 2, 3 -> continues ? situation - 1 : DEAD;
            case 4 -> continues && symbol >= 0xA0 ? 1 : DEAD;
            case 5 -> continues && symbol <= 0x9F ? 1 : DEAD;
            case 6 -> continues && symbol >= 0x90 ? 2 : DEAD;
            default -> continues && symbol <= 0x8F ? 2 : DEAD;
        };
    }

    private static int first(int symbol) {
        if (symbol < 0x80) {
            return symbol < 0x20 || symbol == '"' || symbol == '\\' ? FRINGE : BETWEEN;
        }
        return switch (symbol) {
            case 0xE0 -> 4;
            case 0xED -> 5;
            case 0xF0 -> 6;
            case 0xF4 -> 7;
            default -> symbol < 0xC2 || symbol > 0xF4 ? DEAD : symbol < 0xE0 ? 1 : symbol < 0xF0 ? 2 : 3;
        };
    }

    /** Estimated bytes on the heap. */
    long bytes() {
        return bytes;
    }
}
