// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.state.ByteSet;
import dev.espalier.schemas.SpelledJson;
import dev.espalier.schemas.characters.JsonCharacters;
import dev.espalier.schemas.diagram.AtomSet;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The items before that a text can become, read on byte by byte, held to each of them compared with all of the text. */
@org.jspecify.annotations.NullUnmarked
class RivalsTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261122);
    private static final int ROUNDS = 300;
    private static final List<String> TEXTS =
            List.of("", "a", "ab", "abc", "b\"", "\u00e9", "\u00e8\ud83d\ude00", "\n/", "a\\");

    private static Object value(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 6);
        return switch (kind) {
            case 0, 1 -> TEXTS.get(random.nextInt(TEXTS.size()));
            case 2 -> new BigDecimal(random.nextInt(-2, 13)).scaleByPowerOfTen(random.nextInt(-3, 4));
            case 3 -> random.nextBoolean();
            case 4 ->
                random.ints(random.nextInt(3), 0, 1)
                        .mapToObj(i -> value(random, depth - 1))
                        .toList();
            default -> {
                Map<String, Object> members = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    members.put(TEXTS.get(random.nextInt(TEXTS.size())), value(random, depth - 1));
                }
                yield members;
            }
        };
    }

    private static byte[] spelled(Object value, Random random) {
        return SpelledJson.any(value, random).strip().getBytes(StandardCharsets.UTF_8);
    }

    private static SeenItems.Item item(byte[] text) {
        ItemValue value = ItemValue.of(text);
        return new SeenItems.Item(value, AtomSet.NONE, value.bytes(true));
    }

    private static TreeSet<String> names(List<SeenItems.Item> items) {
        return items.stream().map(item -> item.value().canonical()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> all(Rivals rivals) {
        List<SeenItems.Item> all = new ArrayList<>(rivals.others());
        if (rivals.alike() != null) {
            all.addAll(rivals.alike().items());
        }
        return names(all);
    }

    /** Reads a text against items, each beginning of it against each item. */
    private static void check(SeenItems seen, byte[] text, String where) {
        Rivals rivals = seen.rivals();
        ReadText read = ReadText.EMPTY;
        for (int i = 0; i < text.length; i++) {
            byte[] before = Arrays.copyOf(text, i);
            PartialItem partial = PartialItem.of(before);
            ByteSet next = rivals.next(read);
            TreeSet<String> left = new TreeSet<>();
            for (SeenItems.Item item : seen.items()) {
                ByteSet leads = partial.next(item.value());
                if (!leads.isEmpty()) {
                    left.add(item.value().canonical());
                }
                boolean goesOn = !leads.isEmpty() && PartialItem.canBecome(Arrays.copyOf(text, i + 1), item.value());
                assertTrue(!goesOn || next.contains(text[i] & 0xFF), where + " behind byte " + i);
            }
            TreeSet<String> found = all(rivals);
            assertTrue(found.containsAll(left), where + " behind byte " + i + ": " + found + " but " + left);
            assertEquals(
                    left,
                    rivals.values(read).stream()
                            .map(ItemValue::canonical)
                            .collect(Collectors.toCollection(TreeSet::new)),
                    where);
            assertTrue(rivals.isEmpty() || rivals.least() <= least(seen, found), where);
            if (rivals.spelling() == JsonCharacters.PLAIN) {
                found.removeAll(names(rivals.others())); // as far as they were compared one byte before
                left.removeAll(names(rivals.others()));
                assertEquals(left, found, where + " behind byte " + i);
            }
            rivals = rivals.then(text[i] & 0xFF, read);
            read = read.then(text[i] & 0xFF);
        }
    }

    private static int least(SeenItems seen, TreeSet<String> names) {
        return seen.items().stream()
                .filter(item -> names.contains(item.value().canonical()))
                .mapToInt(SeenItems.Item::bytes)
                .min()
                .orElse(0);
    }

    @Test
    void whatIsReadByteByByteIsWhatComparingEachItemGives() {
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            SeenItems seen = SeenItems.NONE;
            List<SeenItems> versions = new ArrayList<>();
            for (int i = random.nextInt(30); i >= 0; i--) {
                SeenItems.Item item = item(spelled(value(random, 3), random));
                seen = seen.contains(item.value()) ? seen : seen.with(item);
                versions.add(seen);
                for (int text = 0; text < 2; text++) {
                    // an older one now and then, as after a step back
                    SeenItems some =
                            versions.get(random.nextInt(4) > 0 ? versions.size() - 1 : random.nextInt(versions.size()));
                    byte[] any = spelled(value(random, 3), random);
                    check(
                            some,
                            any,
                            "seed " + (SEED + round) + ": " + new String(any, StandardCharsets.UTF_8) + " after "
                                    + names(some.items()));
                }
            }
        }
    }

    @Test
    void theBytesThatComeNextLeadToAnItem() {
        SeenItems seen = SeenItems.NONE;
        for (String text : List.of("\"tea\"", "\"team\"", "\"ten\"", "12", "[1,2]", "{\"a\":1,\"b\":2}", "true")) {
            seen = seen.with(item(text.getBytes(StandardCharsets.UTF_8)));
        }
        String[] beginnings = {
            "", "\"te", "\"tea", "1", "1.", "[", "[1", "{", "{\"", "{\"b\"", "{\"b\":2", "{\"b\":2,\"", "t"
        };
        String[] next = {
            "\"01[t{", "\\an", "\"\\m", ".2", "2", "01", ",.0eE]}", "\"", "\\ab", ":", ",.0eE]}", "\\a", "r"
        };
        for (int i = 0; i < beginnings.length; i++) {
            Rivals rivals = seen.rivals();
            ReadText read = ReadText.EMPTY;
            for (byte symbol : beginnings[i].getBytes(StandardCharsets.UTF_8)) {
                rivals = rivals.then(symbol, read);
                read = read.then(symbol);
            }
            StringBuilder graphic = new StringBuilder();
            for (int symbol = '!'; symbol < 256; symbol++) {
                graphic.append(rivals.next(read).contains(symbol) ? Character.toString(symbol) : "");
            }
            assertEquals(sorted(next[i]), sorted(graphic.toString()), beginnings[i]);
        }
    }

    private static String sorted(String text) {
        char[] all = text.toCharArray();
        Arrays.sort(all);
        return new String(all);
    }
}
