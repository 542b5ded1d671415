// SPDX-License-Identifier: Apache-2.0
package dev.espalier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.type.ListType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Outputs of types that are known at run time. */
class RunTimeTypeTest {

    record Item(String name, int count) {}

    record Page<T>(List<T> items) {}

    record Holder(Page<Item> page, Map<String, List<Item>> groups) {}

    @Test
    void aTypeWithArgumentsIsReadAsItSays() throws NoSuchFieldException {
        Output<?> page = Output.ofType(Holder.class.getDeclaredField("page").getGenericType());
        assertEquals(new Page<>(List.of(new Item("a", 1))), page.read("{\"items\":[{\"name\":\"a\",\"count\":1}]}"));
        Output<?> groups = Output.ofType(Holder.class.getDeclaredField("groups").getGenericType());
        assertEquals(Map.of("x", List.of(new Item("a", 1))), groups.read("{\"x\":[{\"name\":\"a\",\"count\":1}]}"));
    }

    @Test
    void aClassAndAListHaveTheSchemasThatTheyHaveOtherwise() {
        assertEquals(Output.of(Item.class).schema(), Output.ofType(Item.class).schema());
        assertEquals(
                Output.listOf(Item.class).schema(),
                Output.ofType(new ListType(Item.class)).schema());
    }

    @Test
    void aTypeWithoutAnExactSchemaIsRefused() {
        assertThrows(UnsupportedFeatureException.class, () -> Output.ofType(new ListType(Thread.class)));
    }
}
