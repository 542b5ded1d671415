package dev.espalier.jsonschemabench.hard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Seeded words and texts of words. One thread. */
final class Prose {

    private static final String[] WORDS = {
        "apple", "archive", "balance", "batch", "branch", "bridge", "cache", "canal", "cargo", "chart", "client",
        "cloud", "copper", "courier", "cycle", "delta", "depot", "detail", "draft", "engine", "entry", "event",
        "fabric", "field", "filter", "forest", "garden", "gauge", "graph", "harbor", "header", "index", "invoice",
        "island", "journal", "kernel", "ladder", "ledger", "letter", "lumber", "market", "matrix", "meadow", "meter",
        "module", "network", "number", "object", "orchard", "order", "packet", "parcel", "pasture", "pear", "period",
        "policy", "profile", "quarry", "quince", "record", "region", "report", "river", "sample", "schema", "sector",
        "segment", "server", "session", "signal", "spindle", "stable", "stream", "summary", "table", "tariff", "ticket",
        "timber", "token", "trellis", "unit", "valley", "vector", "vessel", "voyage", "weight", "willow", "window",
        "winter", "yard"
    };

    private final Random random;

    Prose(long seed) {
        random = new Random(seed);
    }

    /** A number from 0 to {@code bound} − 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number from {@code least} to {@code most}. */
    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    /** So many words with something between them. */
    String words(int count, String between) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(word());
        }
        return String.join(between, words);
    }

    /** Words with something between them, cut off after exactly so many characters. */
    String text(int length, String between) {
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(text.length() == 0 ? "" : between).append(word());
        }
        text.setLength(length);
        return text.toString();
    }

    /** Different names of so many words, in the order in which they were made. */
    List<String> names(int count, int words, String between) {
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            String name = words(words, between);
            names.add(names.contains(name) ? name + between + random.nextInt(10_000) : name);
        }
        return List.copyOf(names);
    }

    /** The same things in another order. */
    <T> List<T> shuffled(List<T> things) {
        List<T> shuffled = new ArrayList<>(things);
        java.util.Collections.shuffle(shuffled, random);
        return shuffled;
    }
}
