// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.stream.PartialValue;
import dev.espalier.stream.ValueListener;
import dev.espalier.stream.ValuePath;
import dev.espalier.stream.ValueReader;
import dev.espalier.stream.ValueState;
import dev.espalier.testing.ToyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values whose text comes from elsewhere. */
class ValueReaderTest {

    record Item(String name, int count) {}

    record Order(List<Item> items, Optional<String> note, int total) {}

    private static final Output<Order> ORDERS = Output.of(Order.class);
    private static final String TEXT =
            "{\"items\":[{\"name\":\"é😀\",\"count\":1},{\"name\":\"b\",\"count\":22}],\"total\":23}";

    private final OutputCompiler compiler = new OutputCompiler(new ToyModel().vocabulary());

    @AfterEach
    void close() {
        compiler.close();
    }

    @Test
    void partsAreKnownWhileTheTextComes() {
        for (int size = 1; size <= TEXT.length(); size += 3) {
            List<String> told = new ArrayList<>();
            ValueReader<Order> reader = compiler.reader(ORDERS)
                    .onElement(Order::items, item -> told.add("item " + item.name()))
                    .onElement("/items/*/count", Integer.class, count -> told.add("count " + count))
                    .onValue(Order::total, total -> told.add("total " + total));
            List<String> chunks = chunks(size);
            for (String chunk : chunks) {
                reader.accept(chunk);
            }
            assertEquals(
                    List.of("count 1", "item é😀", "count 22", "item b", "total 23"), told, "in chunks of " + size);
            assertEquals(
                    new Order(List.of(new Item("é😀", 1), new Item("b", 22)), Optional.empty(), 23), reader.finish());
        }
    }

    /** No character is cut in two. */
    private static List<String> chunks(int size) {
        List<String> chunks = new ArrayList<>();
        for (int at = 0; at < TEXT.length(); ) {
            int end = Math.min(TEXT.length(), at + size);
            end += Character.isHighSurrogate(TEXT.charAt(end - 1)) ? 1 : 0;
            chunks.add(TEXT.substring(at, end));
            at = end;
        }
        return chunks;
    }

    @Test
    void snapshotsTellWhatIsKnown() {
        ValueReader<Order> reader = compiler.reader(ORDERS);
        assertFalse(reader.field(Order::total).value().isPresent());
        reader.accept(TEXT.substring(0, TEXT.indexOf("},{")));
        PartialValue early = reader.snapshot();
        assertEquals(Optional.empty(), reader.field(Order::total).value());
        reader.accept(TEXT.substring(TEXT.indexOf("},{")));
        assertEquals(Optional.of(23), reader.field(Order::total).value());
        assertTrue(early.member("total").state() == ValueState.PENDING);
    }

    @Test
    void listenersHearAllEvents() {
        List<String> known = new ArrayList<>();
        ValueReader<Order> reader = compiler.reader(ORDERS).on(new ValueListener() {
            @Override
            public void known(ValuePath path, PartialValue value) {
                known.add(path.toString());
            }
        });
        reader.accept(TEXT);
        reader.finish();
        assertTrue(known.size() >= 8, known.toString());
    }

    @Test
    void aTextThatIsNotOfTheOutputIsAnError() {
        ValueReader<Order> reader = compiler.reader(ORDERS);
        assertThrows(InvalidInputException.class, () -> reader.accept("Sure: {"));
        ValueReader<Order> cut = compiler.reader(ORDERS);
        cut.accept("{\"items\":[");
        assertThrows(InvalidInputException.class, cut::finish);
    }

    @Test
    void whatIsWantedIsSaidBeforeTheTextAndOfValuesAlone() {
        ValueReader<Order> reader = compiler.reader(ORDERS);
        reader.accept("{");
        assertThrows(InvalidInputException.class, () -> reader.onValue(Order::total, total -> {}));
        assertThrows(InvalidInputException.class, () -> compiler.reader(Output.regex("a")));
    }
}
