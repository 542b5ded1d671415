// SPDX-License-Identifier: Apache-2.0
package dev.espalier.mask.canvas.slot;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.collect.IntList;
import dev.espalier.core.oracle.FastPath;
import dev.espalier.mask.index.TokenTrie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The effect of a trie's tokens on a frame for which all plain text is alike, or all of one length, such as the inside of a string. Plain text
 * is UTF-8 without quotation marks, backslashes and control characters. While such a frame reads it, two things matter: the number of
 * characters read, and one of the situations of {@link #next}, between two characters or inside one. So the tokens can be sorted once, for all
 * such frames: those that end in each situation, and the <em>fringe</em>, the edges at which plain text ends; by their length for frames that
 * count it. One thread.
 */
@FastPath(oracle = "CanvasOracleTest")
final class PlainTokens {

    /** Between two characters. */
    private static final int BETWEEN = 0;

    private static final int SITUATIONS = 8;
    private static final int[] ORDER = {BETWEEN, 7, 6, 3, 5, 4, 2, 1};
    private static final int DEAD = -1;
    private static final int FRINGE = -2;
    private static final Text UNFIT = new Text(new int[0], DEAD);

    private final FrameTable frames;
    private final TokenTrie trie;
    private final TokenSets tokenSets;
    private final Map<Integer, Text> texts = new HashMap<>();
    /** By state, its chain of texts; empty if plain text of one length does not always have the same effect. */
    private final List<@Nullable List<Text>> chains = new ArrayList<>();
    /** By node, the tokens below it, for frames that count characters and for those that do not. */
    private final List<Map<Integer, Below>> belowNodes = List.of(new HashMap<>(), new HashMap<>());

    private final List<Map<Integer, Below>> belowPlaces = List.of(new HashMap<>(), new HashMap<>());
    private long bytes;

    PlainTokens(FrameTable frames, TokenTrie trie, TokenSets tokenSets) {
        this.frames = frames;
        this.trie = trie;
        this.tokenSets = tokenSets;
    }

    /**
     * The tokens below some edges.
     *
     * @param tokens by the characters that were read whole and by situation, the number of the set of tokens that end there; -1 if there are
     * none
     * @param fringe by characters, the edges at which plain text ends, those of one byte side by side
     */
    record Below(int[][] tokens, int[][] fringe) {}

    /**
     * The effect of plain text on a state.
     *
     * @param states the states in which the frame is in each situation
     * @param after the state after any one character; {@link #DEAD} if none may come
     */
    record Text(int[] states, int after) {

        /** True if the frame does not count characters. */
        boolean isForgotten() {
            return after == states[BETWEEN];
        }
    }

    /**
     * The effect of plain text on a state after 0, 1, 2, … characters, as far as it is live; null if text of one length does not always
     * have the same effect.
     */
    @Nullable
    List<Text> texts(int state, WorkBudget budget) {
        while (chains.size() <= state) {
            chains.add(null);
        }
        List<Text> chain = chains.get(state);
        if (chain == null) {
            chain = chain(state, budget);
            chains.set(state, chain);
            bytes += 8L * chain.size();
        }
        return chain.isEmpty() ? null : chain;
    }

    private List<Text> chain(int state, WorkBudget budget) {
        List<Text> chain = new ArrayList<>();
        Text text = text(state, budget);
        while (text != UNFIT) {
            chain.add(text);
            if (text.isForgotten() || text.after == DEAD || chain.size() > trie.depth()) {
                return chain;
            }
            text = text(text.after, budget);
        }
        return List.of();
    }

    private Text text(int state, WorkBudget budget) {
        Text known = texts.get(state);
        if (known == null) {
            known = frames.plainTextBound(state) < 0 ? UNFIT : worked(state, budget);
            texts.put(state, known);
            bytes += 120;
        }
        return known;
    }

    private Text worked(int state, WorkBudget budget) {
        int[] states = new int[SITUATIONS];
        Arrays.fill(states, DEAD);
        states[BETWEEN] = state;
        int bound = frames.plainTextBound(state);
        int after = DEAD;
        // Each situation is entered before it is left: those that are further from the end of a character come first.
        for (int situation : ORDER) {
            if (frames.results(states[situation]).length > 0) {
                return UNFIT;
            }
            FrameTable.Steps[] known = new FrameTable.Steps[256];
            for (int symbol = 0; symbol < 256; symbol++) {
                int next = next(situation, symbol);
                if (next == FRINGE) {
                    continue;
                }
                int like = frames.like(states[situation], symbol);
                FrameTable.Steps steps = known[like];
                if (steps == null) {
                    budget.step();
                    steps = frames.look(states[situation], like, budget);
                    known[like] = steps;
                }
                boolean isDead = next == DEAD || bound == 0;
                if (steps.callees().length > 0 || steps.stays().length != (isDead ? 0 : 1)) {
                    return UNFIT;
                } else if (isDead) {
                    continue;
                }
                int reached = steps.stays()[0];
                int expected = next == BETWEEN ? after : states[next];
                if (expected != DEAD && expected != reached) {
                    return UNFIT;
                } else if (next == BETWEEN) {
                    after = reached;
                } else {
                    states[next] = reached;
                }
            }
            if (bound == 0) {
                break;
            }
        }
        return new Text(states, after);
    }

    /** The tokens below a node, by length or not. */
    Below below(int node, boolean isCounted, WorkBudget budget) {
        Map<Integer, Below> all = belowNodes.get(isCounted ? 1 : 0);
        Below known = all.get(node);
        if (known == null) {
            IntList children = new IntList();
            for (int child = node + 1; child < trie.end(node); child = trie.end(child)) {
                children.add(child);
            }
            known = sorted(children.toArray(), isCounted, budget);
            all.put(node, known);
        }
        return known;
    }

    /** The tokens below the edges of a place, without special tokens, by length or not. */
    Below below(int place, int[] edges, boolean isCounted, WorkBudget budget) {
        Map<Integer, Below> all = belowPlaces.get(isCounted ? 1 : 0);
        Below known = all.get(place);
        if (known == null) {
            known = sorted(edges, isCounted, budget);
            all.put(place, known);
        }
        return known;
    }

    private Below sorted(int[] edges, boolean isCounted, WorkBudget budget) {
        List<IntList[]> ending = new ArrayList<>();
        List<IntList> fringe = new ArrayList<>();
        int[] at = new int[trie.depth() + 1];
        int[] read = new int[trie.depth() + 1];
        for (int edge : edges) {
            if (edge < 0 || edge >= trie.nodeCount()) {
                continue;
            }
            int top = (trie.label(edge) >>> 8) - 1;
            at[top] = BETWEEN;
            read[top] = 0;
            for (int node = edge; node < trie.end(edge); ) {
                budget.step();
                int depth = trie.label(node) >>> 8;
                int next = next(at[depth - 1], trie.label(node) & 0xff);
                read[depth] = read[depth - 1] + (isCounted && next == BETWEEN ? 1 : 0);
                if (next == FRINGE) {
                    grown(ending, fringe, read[depth]);
                    fringe.get(read[depth]).add(node);
                }
                if (next < 0) {
                    node = trie.end(node);
                    continue;
                }
                at[depth] = next;
                if (trie.firstToken(node) < trie.firstToken(node + 1)) {
                    grown(ending, fringe, read[depth]);
                    ending.get(read[depth])[next].addAll(
                            trie.tokens(), trie.firstToken(node), trie.firstToken(node + 1));
                }
                node++;
            }
        }
        int[][] tokens = new int[ending.size()][];
        int[][] edgesAt = new int[ending.size()][];
        long size = 100;
        for (int length = 0; length < tokens.length; length++) {
            tokens[length] = Arrays.stream(ending.get(length))
                    .mapToInt(ids -> ids.size() == 0 ? -1 : tokenSets.number(ids.toArray()))
                    .toArray();
            edgesAt[length] = byByte(fringe.get(length));
            size += 100 + 4L * edgesAt[length].length;
        }
        bytes += size;
        budget.allocate(size);
        return new Below(tokens, edgesAt);
    }

    private int[] byByte(IntList edges) {
        return Arrays.stream(edges.toArray())
                .boxed()
                .sorted(Comparator.comparing(edge -> trie.label(edge) & 0xff))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void grown(List<IntList[]> ending, List<IntList> fringe, int length) {
        while (ending.size() <= length) {
            IntList[] each = new IntList[SITUATIONS];
            Arrays.setAll(each, unused -> new IntList());
            ending.add(each);
            fringe.add(new IntList());
        }
    }

    /**
     * The situation after a byte: 1 to 3 for as many continuation bytes to come, whichever; 4 and 5 after E0 and ED, 6 and 7
     * after F0 and F4, where the next one is bounded.
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
