// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Short e-mails, the same for the same seed. */
final class Mails {

    private static final List<String> FIRST =
            List.of("Mira", "Jonas", "Tove", "Idris", "Paula", "Anselm", "Keiko", "Ruben");
    private static final List<String> LAST =
            List.of("Holm", "Okafor", "Lindqvist", "Varga", "Brandt", "Sato", "Moreau", "Duarte");
    private static final List<String> ITEMS = List.of(
            "oak shelf", "desk lamp", "linen cloth", "garden hose", "steel kettle", "wool blanket", "bread knife");
    private static final List<String> OPENINGS = List.of("Hello,", "Good morning,", "Dear team,", "Hi there,");
    private static final List<String> ORDERS = List.of(
            "please send %d pieces of the %s by %s.",
            "we would like to order %d of your %s, to arrive on %s.",
            "could you put %2$s on our list, %1$d pieces, for %3$s?");

    private Mails() {}

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    static List<String> of(int count, long seed) {
        Random random = new Random(seed);
        List<String> mails = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String day = String.format("2025-%02d-%02d", 1 + random.nextInt(12), 1 + random.nextInt(28));
            String order = String.format(one(ORDERS, random), 1 + random.nextInt(40), one(ITEMS, random), day);
            mails.add(
                    one(OPENINGS, random) + " " + order + " Regards, " + one(FIRST, random) + " " + one(LAST, random));
        }
        return mails;
    }
}
