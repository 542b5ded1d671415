// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Says whether texts have a shape, as slowly and plainly as can be: of each part the set of places where it may end, rules by
 * the least fixpoint. It shares nothing with the engine. One text, one thread.
 */
public final class ShapeReader {

    private static final int PATIENCE = 3_000_000;

    private final JsonNode rules;
    private final int[] text;
    private final Map<String, BitSet> known = new HashMap<>();
    private final Map<JsonNode, Map<Integer, BitSet>> seen = new IdentityHashMap<>();
    private boolean changed;
    private int steps;

    private ShapeReader(JsonNode rules, String text) {
        this.rules = rules;
        this.text = text.codePoints().toArray();
    }

    private static final class OutOfPatience extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Whether a whole text has a shape; empty if that takes too long to say.
     *
     * @param rules the shapes of rules by name; may be missing
     */
    public static Optional<Boolean> reads(JsonNode rules, JsonNode shape, String text) {
        ShapeReader reader = new ShapeReader(rules, text);
        try {
            boolean reads;
            do {
                reader.changed = false;
                reader.seen.clear();
                reads = reader.ends(shape, 0).get(reader.text.length);
            } while (reader.changed);
            return Optional.of(reads);
        } catch (OutOfPatience | StackOverflowError tooMuch) {
            return Optional.empty();
        }
    }

    private BitSet ends(JsonNode shape, int at) {
        if (++steps > PATIENCE) {
            throw new OutOfPatience();
        }
        if (shape.has("rule")) {
            return rule(shape.path("rule").asString(""), at);
        }
        Map<Integer, BitSet> places = seen.computeIfAbsent(shape, unused -> new HashMap<>());
        BitSet ends = places.get(at);
        if (ends == null) {
            ends = worked(shape, at);
            places.put(at, ends);
        }
        return ends;
    }

    /** What is known so far of a rule at a place; the first time in a round that it is met there, it is worked out again. */
    private BitSet rule(String name, int at) {
        String key = name + " " + at;
        BitSet before = known.computeIfAbsent(key, unused -> new BitSet());
        Map<Integer, BitSet> met = seen.computeIfAbsent(rules.path(name), unused -> new HashMap<>());
        if (met.putIfAbsent(-1 - at, before) == null) {
            BitSet now = worked(rules.path(name), at);
            now.or(before);
            if (!now.equals(before)) {
                known.put(key, now);
                changed = true;
            }
            return now;
        }
        return known.getOrDefault(key, before);
    }

    private BitSet worked(JsonNode shape, int at) {
        BitSet ends = new BitSet();
        if (shape.has("text")) {
            int[] word = shape.path("text").asString("").codePoints().toArray();
            if (startsWith(word, at)) {
                ends.set(at + word.length);
            }
        } else if (shape.has("chars")) {
            if (at < text.length && has(shape, text[at])) {
                ends.set(at + 1);
            }
        } else if (shape.has("rule")) {
            ends.or(rule(shape.path("rule").asString(""), at));
        } else if (shape.has("alt")) {
            shape.path("alt").forEach(item -> ends.or(ends(item, at)));
            if (shape.path("alt").isEmpty()) {
                ends.set(at);
            }
        } else if (shape.has("times")) {
            times(shape.path("times"), at, ends);
        } else {
            BitSet now = new BitSet();
            now.set(at);
            for (JsonNode item : shape.path("seq")) {
                now = after(item, now);
            }
            ends.or(now);
        }
        return ends;
    }

    private void times(JsonNode times, int at, BitSet ends) {
        int least = times.path(1).asInt(0);
        int most = times.path(2).asInt(0);
        BitSet now = new BitSet();
        now.set(at);
        for (int count = 0; !now.isEmpty(); count++) {
            if (count >= least) {
                ends.or(now);
            }
            BitSet next = most >= 0 && count >= most ? new BitSet() : after(times.path(0), now);
            if (count >= least) {
                BitSet fresh = (BitSet) next.clone();
                fresh.andNot(ends);
                if (fresh.isEmpty() && next.equals(now)) {
                    return;
                }
                if (most < 0) {
                    next = fresh;
                }
            } else if (next.equals(now) && count > text.length) {
                count = least - 1; // it goes on like this: an empty text, again and again
            }
            now = next;
        }
    }

    private BitSet after(JsonNode shape, BitSet starts) {
        BitSet ends = new BitSet();
        for (int at = starts.nextSetBit(0); at >= 0; at = starts.nextSetBit(at + 1)) {
            ends.or(ends(shape, at));
        }
        return ends;
    }

    private boolean startsWith(int[] word, int at) {
        if (at + word.length > text.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (text[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean has(JsonNode shape, int c) {
        int[] pairs = shape.path("chars").asString("").codePoints().toArray();
        boolean in = false;
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            in |= pairs[i] <= c && c <= pairs[i + 1];
        }
        return in != shape.path("not").asBoolean(false);
    }
}
