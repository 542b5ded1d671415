package dev.espalier.jsonschemabench.languages;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Draws names and sentences as programs and documents have them. One thread at a time. */
final class Words {

    private static final List<String> NOUNS =
            words("account address amount author batch buffer cache city client code column country customer date "
                    + "document entry error event field file filter group handler header image index invoice item key "
                    + "label language level limit line list location matrix message model name node number offset "
                    + "order owner page parser path payment person price product project queue record report request "
                    + "result row score server session size source state status step stream table tag target task text "
                    + "time token total tree type user value version weight width window word year");

    private static final List<String> VERBS =
            words("add apply build check close collect compute convert copy count create draw find flush format "
                    + "load make merge move open parse print read remove render reset resolve save send set sort split "
                    + "start stop store update validate visit walk write");

    private static final List<String> OTHERS =
            words("after all before current default empty first former inner known last left local main next old "
                    + "open outer own public raw right second shared small valid whole");

    private static final List<String> BETWEEN = words("of for with and in from to without by");

    private final Random random;

    private static List<String> words(String all) {
        return List.of(all.split(" "));
    }

    Words(Random random) {
        this.random = random;
    }

    String noun() {
        return any(NOUNS);
    }

    /** {@code nextValue}; sometimes shorter, never a reserved word. */
    String variable() {
        return random.nextInt(3) == 0
                ? any(OTHERS) + capital(noun())
                : random.nextInt(12) == 0 ? "x" + digit() : noun();
    }

    /** {@code readHeader}. */
    String method() {
        return any(VERBS) + capital(noun());
    }

    /** {@code OrderReport}. */
    String type() {
        return capital(noun()) + (random.nextBoolean() ? capital(noun()) : "");
    }

    /** {@code next_value}. */
    String underscored() {
        return random.nextInt(3) == 0 ? any(OTHERS) + "_" + noun() : noun();
    }

    /** {@code read_header}. */
    String action() {
        return any(VERBS) + "_" + noun();
    }

    /** {@code NEXT_VALUE}. */
    String constant() {
        return (any(OTHERS) + "_" + noun()).toUpperCase(Locale.ROOT);
    }

    /** Words without a full stop, the first with a capital letter. */
    String sentence() {
        StringBuilder text = new StringBuilder(capital(any(VERBS)));
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append(i == 0 ? " the " : " " + any(BETWEEN) + " " + (random.nextBoolean() ? "the " : "each "));
            text.append(random.nextInt(3) == 0 ? any(OTHERS) + " " : "").append(noun());
        }
        return text.toString();
    }

    /** Some text with characters of several scripts now and then. */
    String phrase() {
        return switch (random.nextInt(12)) {
            case 0 -> "Müller & Söhne".replace('&', '+');
            case 1 -> "東京都 " + digit();
            case 2 -> noun() + " – " + noun() + "…";
            case 3 -> noun() + "@" + noun() + ".example";
            default -> sentence();
        };
    }

    private int digit() {
        return random.nextInt(10);
    }

    /** A whole number, mostly small. */
    String whole() {
        return String.valueOf(random.nextInt(3) > 0 ? random.nextInt(20) : random.nextInt(1_000_000));
    }

    /** A decimal fraction. */
    String decimal() {
        return random.nextInt(1000) + "." + random.nextInt(100);
    }

    <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
