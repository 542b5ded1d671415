// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramsTest {

    @ParameterizedTest
    @ValueSource(strings = {"decoder", "logits"})
    void theProgramLoadsIsSmallAndKnowsNoMachine(String name) throws Exception {
        String resource = "program/" + name + ".pt";
        byte[] bytes = TorchProgram.class.getResourceAsStream(resource).readAllBytes();
        assertTrue(bytes.length < 24 << 10, bytes.length + " bytes");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertFalse(entry.getName().endsWith("debug_pkl"), entry.getName());
                assertFalse(new String(zip.readAllBytes(), StandardCharsets.ISO_8859_1).contains(".py"));
            }
        }
        TorchProgram.resource(resource, new TorchSettings("cpu", false, WeightForm.FLOAT32, 0))
                .close();
    }

    @org.junit.jupiter.api.Test
    void djlIsKeptOffTheNetwork() {
        TorchEngine.prepare();
        assertTrue(ai.djl.util.Utils.isOfflineMode());
        assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
        assertTrue(CpuCores.physical() >= 1);
    }
}
