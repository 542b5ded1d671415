// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.item;

import static dev.espalier.schemas.FiniteWorld.number;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.state.ByteSet;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.SpelledJson;
import dev.espalier.schemas.options.SchemaOptions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The text of an item that is being read, and what it can still become. */
@org.jspecify.annotations.NullUnmarked
class PartialItemTest {

    private static final long SEED = Long.getLong("espalier.schemas.seed", 20261121);
    private static final int ROUNDS = 400;
    private static final List<Object> SCALARS = List.of(
            number(0),
            number(12),
            number(-3),
            new BigDecimal("0.25"),
            new BigDecimal("120e3"),
            true,
            "",
            "a b",
            "\u00e9\"\\",
            "\ud83d\ude00 ,]",
            "12");

    private static Object value(Random random, int depth) {
        int kind = depth == 0 ? 9 : random.nextInt(4);
        if (kind == 0) {
            return random.ints(random.nextInt(4), 0, 1)
                    .mapToObj(i -> value(random, depth - 1))
                    .toList();
        } else if (kind == 1) {
            Map<String, Object> members = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                members.put(List.of("a", "ab", "\u00e9 ", "").get(random.nextInt(4)), value(random, depth - 1));
            }
            return members;
        }
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }

    private static ReadText read(byte[] text, int length) {
        ReadText read = ReadText.EMPTY;
        for (int i = 0; i < length; i++) {
            read = read.then(text[i] & 0xFF);
        }
        return read;
    }

    private static ItemValue parsed(byte[] text) {
        return ItemValue.of(text);
    }

    /** One of the texts of a value, without white space around it. */
    private static byte[] spelled(Object value, Random random) {
        while (true) {
            byte[] text = SpelledJson.any(value, random).strip().getBytes(StandardCharsets.UTF_8);
            if (parsed(SpelledJson.plain(value).getBytes(StandardCharsets.UTF_8))
                    .equals(parsed(text))) {
                return text;
            }
        }
    }

    @Test
    void textsAreKeptWithoutTheWhiteSpaceBetweenTheirParts() {
        byte[] text =
                "{ \"a b\" : [ 1 , -2.5e3\n, \"\\\" \" ,true , null\t] , \"c\":0 }".getBytes(StandardCharsets.UTF_8);
        String kept = "{\"a b\":[1,-2.5e3,\"\\\" \",true,null],\"c\":0}";
        assertEquals(kept, read(text, text.length).toString());
        assertEquals("{\"a b\":[1 ", read(text, 14).toString(), "a blank that ends a number");
        assertEquals(read(text, text.length), read(kept.getBytes(StandardCharsets.UTF_8), kept.length()));
    }

    @Test
    void everyBeginningOfAValuesTextCanBecomeTheValue() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Object any = value(random, 3);
            byte[] text = spelled(any, random);
            ItemValue value = parsed(text);
            for (int length = 1; length < text.length; length++) {
                byte[] kept = read(text, length).bytes();
                for (byte[] beginning : List.of(Arrays.copyOf(text, length), kept)) {
                    String where = "seed " + SEED + ": " + new String(beginning, StandardCharsets.UTF_8) + " of "
                            + new String(text, StandardCharsets.UTF_8);
                    assertTrue(PartialItem.canBecome(beginning, value), where);
                    assertTrue(PartialItem.of(beginning).next(value).contains(text[length] & 0xFF), where);
                }
            }
            assertEquals(parsed(text), parsed(read(text, text.length).bytes()));
        }
    }

    /** What is left out of the next bytes leads away, unless it cuts a character off: of those, more is thought possible. */
    @Test
    void noOtherByteLeadsToTheValue() {
        Recogniser json = Recogniser.of("{}", SchemaOptions.CHECKING);
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = spelled(value(random, 2), random);
            ItemValue value = parsed(spelled(value(random, 2), random));
            for (int length = 1; length <= text.length; length++) {
                byte[] longer = Arrays.copyOf(text, length + 1);
                ByteSet next = PartialItem.of(Arrays.copyOf(text, length)).next(value);
                StackSet read = json.after(Arrays.copyOf(text, length));
                for (int symbol = 0; symbol < 0x80; symbol++) {
                    longer[length] = (byte) symbol;
                    assertTrue(
                            next.contains(symbol)
                                    || symbol == '\\'
                                    || json.stepper().step(read, symbol).isEmpty()
                                    || !PartialItem.canBecome(longer, value),
                            "seed " + SEED + ": " + new String(longer, StandardCharsets.UTF_8) + " to " + value);
                }
            }
        }
    }

    @Test
    void theNextBytesAreFew() {
        ItemValue value = parsed("{\"ab\":[1,\"x\"],\"ac\":true}".getBytes(StandardCharsets.UTF_8));
        String[] beginnings = {
            "{", "{\"a", "{\"ab\"", "{\"ab\":", "{\"ab\":[1,", "{\"ac\":", "{\"ac\":t", "{\"ac\":true"
        };
        String[] next = {"\"", "\\bc", ":", "[", "\"", "fnt", "r", ","};
        for (int i = 0; i < beginnings.length; i++) {
            ByteSet found = PartialItem.of(beginnings[i].getBytes(StandardCharsets.UTF_8))
                    .next(value);
            StringBuilder graphic = new StringBuilder();
            for (int symbol = '!'; symbol < 256; symbol++) {
                graphic.append(found.contains(symbol) ? Character.toString(symbol) : "");
            }
            assertArrayEquals(
                    next[i].chars().sorted().toArray(), graphic.chars().toArray(), beginnings[i]);
        }
    }
}
