// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.Family;
import dev.espalier.backends.Overlay;
import dev.espalier.backends.Refusal;
import dev.espalier.backends.gguf.GgufEdit;
import dev.espalier.backends.gguf.GgufFile;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables of families: what the guide says is what is read and refused. */
class ModelFamilyTest {

    private static final Path GUIDE = Path.of("../docs/guide/models.md");

    @TempDir
    Path folder = Path.of("");

    @Test
    void theGuideHasTheTables() throws IOException {
        String guide = Files.readString(GUIDE);
        String section =
                guide.substring(guide.indexOf("\n## Families\n"), guide.indexOf("\n## Precision and memory\n"));
        List<String> rows = section.lines().filter(line -> line.startsWith("|")).toList();
        Stream<String> supported = Arrays.stream(ModelFamily.values())
                .map(family -> "| " + family.title() + " | `" + family.huggingFace() + "` | `" + family.gguf() + "` | "
                        + family.differences() + " |");
        Stream<String> refused = Arrays.stream(RefusedFamily.values())
                .map(family -> "| " + quoted(family.huggingFace()) + " | " + quoted(family.gguf())
                        + " | `is not supported, since it is " + family.kind() + "` |");
        List<String> expected = Stream.of(
                        Stream.of(
                                "| family | `architectures` in config.json | `general.architecture` in GGUF | what differs |",
                                "|---|---|---|---|"),
                        supported,
                        Stream.of(
                                "| refused `architectures` | refused `general.architecture` | message |",
                                "|---|---|---|"),
                        refused)
                .flatMap(lines -> lines)
                .toList();
        assertEquals(String.join("\n", expected), String.join("\n", rows));
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @EnumSource
    void namesOfAFamilyAreReadAsIt(ModelFamily family) throws IOException {
        assertEquals(family, ModelFamily.ofHuggingFace(family.huggingFace()).orElseThrow());
        boolean isLlama = family == ModelFamily.MISTRAL; // GGUF files do not tell them apart
        assertEquals(
                isLlama ? ModelFamily.LLAMA : family,
                ModelFamily.ofGguf(family.gguf()).orElseThrow());
        Overlay config = config(family.huggingFace());
        assertEquals(family.huggingFace(), HuggingFaceConfig.read(config, 0).architecture());
    }

    private static Overlay config(String architecture) throws IOException {
        return Overlay.edited(Family.of("llama2").files(), "config.json", "LlamaForCausalLM", architecture);
    }

    @ParameterizedTest
    @EnumSource
    void refusedFamiliesAreNamedByTheirKind(RefusedFamily family) throws IOException {
        for (String name : family.huggingFace()) {
            Overlay config = config(name);
            requireNamed(
                    Refusal.of(UnsupportedFeatureException.class, () -> HuggingFaceConfig.read(config, 0)),
                    name,
                    family,
                    "LlamaForCausalLM, MistralForCausalLM, ");
        }
        try (InputStream stream =
                new GZIPInputStream(Family.of("llama2").files().open("model.gguf.gz"))) {
            GgufEdit sound = GgufEdit.of(stream.readAllBytes());
            for (String name : family.gguf()) {
                Map<String, byte[]> keys = new LinkedHashMap<>(sound.keys());
                keys.put("general.architecture", GgufEdit.text(name));
                Path path = Files.write(folder.resolve("other.gguf"), sound.with(keys));
                try (GgufFile file = GgufFile.open(path)) {
                    requireNamed(
                            Refusal.of(UnsupportedFeatureException.class, () -> GgufConfig.read(file, 0)),
                            name,
                            family,
                            "llama, qwen2, ");
                }
            }
        }
    }

    private static void requireNamed(String message, String name, RefusedFamily family, String supported) {
        String expected = "architecture " + name + " is not supported, since it is " + family.kind() + "; these are: "
                + supported;
        assertTrue(message.contains(expected), message);
    }
}
