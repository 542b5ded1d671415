// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Fields lie where a C compiler puts them. */
class StructLayoutTest {

    private static final StructLayout MIXED = StructLayout.of("mixed", """
            BOOL first true
            INT second -2
            BOOL third false
            BOOL fourth *
            POINTER fifth 0
            FLOAT sixth 1.5
            """);

    @Test
    void fieldsAreAlignedToTheirSizes() {
        assertEquals(32, MIXED.size());
        StructBytes bytes = MIXED.defaults();
        assertEquals(1, bytes.bytes().get(0));
        assertEquals(-2, bytes.bytes().getInt(4));
        assertEquals(0, bytes.bytes().get(8));
        assertEquals(0, bytes.bytes().getLong(16));
        assertEquals(1.5f, bytes.bytes().getFloat(24));
        MIXED.set(bytes.bytes(), "fourth", 1);
        MIXED.set(bytes.bytes(), "fifth", 77);
        assertEquals(1, bytes.bytes().get(9));
        assertEquals(77, bytes.bytes().getLong(16));
        assertThrows(IllegalArgumentException.class, () -> MIXED.set(bytes.bytes(), "seventh", 1));
    }

    /** As the compilers of these builds have them. */
    @Test
    void sizesAreThoseOfTheBuilds() {
        assertEquals(64, KnownBuild.B4916.model().size());
        assertEquals(120, KnownBuild.B4916.context().size());
        assertEquals(80, KnownBuild.V0_5_0.model().size());
        assertEquals(160, KnownBuild.V0_5_0.context().size());
    }
}
