// SPDX-License-Identifier: Apache-2.0
package dev.espalier.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.espalier.core.error.UnsupportedFeatureException;
import java.lang.reflect.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import kotlin.Pair;
import kotlin.collections.IndexedValue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** Classes written in Kotlin, with Jackson's module for them and without. */
class KotlinTypesTest {

    /** The folder that {@code kotlinc -jvm-target 17 -d FOLDER espalier/src/test/kotlin/fixture/Fixture.kt} wrote. */
    private static final String CLASSES = System.getProperty("espalier.test.kotlin", "");

    private static final ClassLoader LOADER = loader();

    private static ClassLoader loader() {
        try {
            URL[] folder = CLASSES.isEmpty()
                    ? new URL[0]
                    : new URL[] {Path.of(CLASSES).toAbsolutePath().toUri().toURL()};
            return new URLClassLoader(folder, KotlinTypesTest.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(CLASSES, e);
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        assumeFalse(CLASSES.isEmpty(), "-Despalier.test.kotlin names no folder of classes");
        return LOADER.loadClass("fixture." + name);
    }

    @Test
    void whatMayBeNullOrHasADefaultMayBeLeftOut() throws ClassNotFoundException {
        String schema = new JavaTypes().schema(type("Order"));
        assertTrue(schema.contains("\"required\":[\"name\",\"level\"]"), schema);
        assertTrue(schema.contains("\"next\":{\"$ref\":\"#\"}"), schema);
    }

    @Test
    void whatIsLeftOutHasItsDefault() throws ClassNotFoundException {
        JavaTypes types = new JavaTypes();
        Object order = types.read("{\"name\":\"a\",\"level\":\"LOW\"}", types.resolve(type("Order")));
        assertEquals("Order(name=a, level=LOW, note=null, lines=[], rank=3, next=null)", order.toString());
    }

    @Test
    void aSealedInterfaceHasAlternatives() throws ClassNotFoundException {
        String schema = new JavaTypes().schema(type("Drawing"));
        assertTrue(schema.contains("{\"const\":\"Circle\"}"), schema);
        assertTrue(schema.contains("{\"const\":\"Box\"}"), schema);
    }

    @Test
    void whatFitsTheSchemaIsRead() throws ClassNotFoundException {
        JavaTypes types = new JavaTypes();
        for (String name : new String[] {"Order", "Drawing", "Line"}) {
            JavaType type = types.resolve(type(name));
            JsonNode schema = types.mapper().readTree(types.schema(type));
            Random random = new Random(1);
            for (int trial = 0; trial < 300; trial++) {
                Object value = types.read(RandomValue.of(schema, random).toString(), type);
                assertEquals(value, types.read(types.mapper().writerFor(type).writeValueAsString(value), type));
            }
        }
    }

    @Test
    void dataClassesOfKotlinsOwnLibraryAreRead() {
        JavaTypes types = new JavaTypes();
        JavaType indexed = types.resolve(Row.generic(IndexedValue.class, String.class));
        assertEquals(
                "{\"type\":\"object\",\"properties\":{\"index\":{\"type\":\"integer\",\"minimum\":-2147483648,\"maximum\":2147483647},"
                        + "\"value\":{\"type\":\"string\"}},\"required\":[\"index\",\"value\"],\"additionalProperties\":false}",
                types.schema(indexed));
        assertEquals(new IndexedValue<>(3, "c"), types.read("{\"index\":3,\"value\":\"c\"}", indexed));
    }

    @Test
    void withoutTheModuleClassesOfKotlinAreRefused() {
        Type pair = Row.generic(Pair.class, String.class, IndexedValue.class);
        UnsupportedFeatureException e =
                assertThrows(UnsupportedFeatureException.class, () -> new JavaTypes(Optional.empty()).schema(pair));
        assertTrue(e.feature().startsWith("kotlin.Pair<"), e.feature());
        assertTrue(String.valueOf(e.getMessage()).contains("jackson-module-kotlin"), e.getMessage());
    }
}
