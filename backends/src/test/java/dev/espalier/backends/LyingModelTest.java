// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.backends.file.JsonObject;
import dev.espalier.backends.gguf.GgufEdit;
import dev.espalier.core.error.EspalierException;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models whose metadata lie: they load, or fail with an error that names the file. */
class LyingModelTest {

    private static final int TRIALS = 30;

    private static final int[] INTEGERS = {0, 1, 2, 3, 5, 6, 7, 63, 64, 65, -1, 1 << 16, 1 << 24, 1 << 30, 1 << 31};
    private static final float[] NUMBERS = {0, -1, 1e-30f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, 0.5f};
    private static final List<String> TEXTS =
            List.of("", "x", "gpt2", "llama", "linear", "yarn", "longrope", "none", "\u00ff\u00fe", "phi3");

    /** Keys that a file may have beside those of the fixtures. */
    private static final List<String> MORE = List.of(
            "attention.key_length",
            "attention.value_length",
            "attention.scale",
            "attention.sliding_window",
            "attention.sliding_window_pattern",
            "rope.scaling.type",
            "rope.scaling.factor",
            "rope.scaling.original_context_length",
            "rope.scaling.attn_factor",
            "rope.freq_base_swa",
            "expert_count",
            "logit_scale",
            "final_logit_softcapping");

    private static final List<String> MEMBERS = List.of(
            "head_dim",
            "sliding_window",
            "layer_types",
            "rope_scaling",
            "rope_parameters",
            "partial_rotary_factor",
            "original_max_position_embeddings",
            "max_window_layers",
            "use_sliding_window",
            "no_rope_layers",
            "eos_token_id");

    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "3",
            "1.5",
            "65536",
            "16777216",
            "2147483648",
            "1e400",
            "1e-400",
            "1e999999999",
            "-1e-999999999",
            "null",
            "true",
            "\"x\"",
            "[]",
            "[1, 1]",
            "[1.5, \"a\", null]",
            "[\"full_attention\", \"sliding_attention\"]",
            "{}",
            "{\"rope_type\": \"yarn\", \"factor\": 0.0}",
            "{\"rope_type\": \"yarn\", \"factor\": 4, \"beta_fast\": 0}",
            "{\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 0, \"high_freq_factor\": 0}",
            "{\"type\": \"longrope\", \"short_factor\": [1], \"long_factor\": [0]}",
            "{\"full_attention\": {\"rope_theta\": -1}}");

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "gemma3", "phi4-mini", "olmo2"})
    void aGgufFileWithOtherKeys(String name) throws IOException {
        Random random = new Random(20261123);
        GgufEdit sound;
        try (InputStream stream = new GZIPInputStream(Family.of(name).files().open("model.gguf.gz"))) {
            sound = GgufEdit.of(stream.readAllBytes());
        }
        String architecture = name.replaceAll("[^a-z].*", "")
                .replace("phi", "phi3")
                .replace("olmo", "olmo2")
                .replace("gemma", "gemma3");
        List<String> names = new ArrayList<>(sound.keys().keySet());
        MORE.forEach(key -> names.add(architecture + "." + key));
        Path path = folder.resolve("lying.gguf");
        for (int trial = 0; trial < TRIALS; trial++) {
            Map<String, byte[]> keys = new LinkedHashMap<>(sound.keys());
            List<String> changed = new ArrayList<>();
            for (int i = random.nextInt(2); i >= 0; i--) {
                String key = names.get(random.nextInt(names.size()));
                changed.add(key);
                if (random.nextInt(8) == 0) {
                    keys.remove(key);
                } else {
                    keys.put(key, value(random, 0));
                }
            }
            Files.write(path, sound.with(keys));
            attempt(name + " trial " + trial + " " + changed, "lying.gguf", () -> PyTorchModel.load(path));
        }
    }

    private static byte[] value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 7)) {
            case 0, 1 -> GgufEdit.int32(INTEGERS[random.nextInt(INTEGERS.length)]);
            case 2 -> GgufEdit.float32(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3 -> GgufEdit.flag(random.nextBoolean());
            case 4 ->
                random.nextBoolean()
                        ? GgufEdit.text(TEXTS.get(random.nextInt(TEXTS.size())))
                        : GgufEdit.int64(random.nextLong());
            default -> {
                byte[] element = value(random, 1);
                byte[][] elements = new byte[new int[] {0, 1, 2, 63, 64, 65}[random.nextInt(6)]][];
                Arrays.fill(elements, element);
                yield GgufEdit.array(elements);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "gemma3", "phi4-mini", "smollm3", "qwen2", "granite"})
    void aConfigurationWithOtherMembers(String name) {
        Random random = new Random(20261123);
        Family family = Family.of(name);
        Map<String, String> sound = new LinkedHashMap<>();
        JsonObject config = JsonObject.read(family.source(), "config.json");
        config.names()
                .forEach(member -> sound.put(member, json(config.get(member).orElseThrow())));
        List<String> names = new ArrayList<>(sound.keySet());
        names.addAll(MEMBERS);
        for (int trial = 0; trial < TRIALS; trial++) {
            Map<String, String> members = new LinkedHashMap<>(sound);
            for (int i = random.nextInt(2); i >= 0; i--) {
                members.put(names.get(random.nextInt(names.size())), VALUES.get(random.nextInt(VALUES.size())));
            }
            String text = members.entrySet().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + member.getValue())
                    .collect(Collectors.joining(", ", "{", "}"));
            Overlay lying = Overlay.of(family.files(), "config.json", text.getBytes(StandardCharsets.UTF_8));
            attempt(name + " " + text, "overlay/", () -> PyTorchModel.load(lying, name, LoadOptions.DEFAULT));
        }
    }

    private static String json(Object value) {
        if (value instanceof JsonObject object) {
            return object.names().stream()
                    .map(name -> "\"" + name + "\": " + json(object.get(name).orElseThrow()))
                    .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof List<?> list) {
            return list.stream().map(LyingModelTest::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof String text ? "\"" + text + "\"" : value.toString();
    }

    /** Loads a model and, if that succeeds, runs it. */
    private static void attempt(String what, String file, Supplier<PyTorchModel> load) {
        PyTorchModel loaded;
        try {
            loaded = load.get();
        } catch (EspalierException typed) {
            assertTrue(String.valueOf(typed.getMessage()).contains(file), () -> what + ": " + typed);
            return;
        } catch (RuntimeException | Error other) {
            throw new AssertionError(what, other);
        }
        try (PyTorchModel model = loaded;
                Session session = model.open()) {
            assertTrue(model.encodePrompt("the and").length > 0, what);
            if (model.contextLength() > 2) {
                model.forward(List.of(Step.of(session, 1, 2, 3)));
            }
        }
    }
}
