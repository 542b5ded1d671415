package dev.espalier.backends;

import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long a token takes with a Llama of 5 million random parameters (hidden 256, 6 layers, vocabulary 2,048), the size of
 * the embedded model. A program, not a test: arguments are the threads and the length of the prompt.
 */
final class TokenTime {

    private static final int HIDDEN = 256;
    private static final int INNER = 704;
    private static final int LAYERS = 6;
    private static final int VOCABULARY = 2048;

    private TokenTime() {}

    public static void main(String[] arguments) throws IOException {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1;
        int prompt = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        ModelFiles files = model();
        long start = System.nanoTime();
        try (PyTorchModel model = PyTorchModel.load(files, "random", LoadOptions.DEFAULT.withThreads(threads))) {
            System.out.printf("loaded in %.0f ms, PyTorch's start included%n", (System.nanoTime() - start) / 1e6);
            for (int batch : new int[] {1, 1, 8}) {
                measure(model, threads, prompt, batch);
            }
        }
    }

    private static void measure(PyTorchModel model, int threads, int prompt, int batch) {
        List<Session> sessions = new java.util.ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < batch; i++) {
            sessions.add(model.open());
            model.forward(List.of(Step.of(sessions.get(i), new int[prompt])));
        }
        double promptTime = (System.nanoTime() - begin) / 1e6 / batch;
        int steps = 300;
        double[] micros = new double[steps];
        var clock = ManagementFactory.getThreadMXBean();
        long cpu = clock.getCurrentThreadCpuTime();
        for (int i = 0; i < steps; i++) {
            int token = i;
            long at = System.nanoTime();
            model.forward(sessions.stream().map(s -> Step.of(s, token)).toList());
            micros[i] = (System.nanoTime() - at) / 1e3;
        }
        cpu = clock.getCurrentThreadCpuTime() - cpu;
        sessions.forEach(Session::close);
        Arrays.sort(micros);
        System.out.printf(
                "threads %d, batch %d, prompt of %d tokens %.1f ms; a step: least %.0f, median %.0f, p90 %.0f us,"
                        + " CPU of the calling thread %.0f us; %.0f tokens/s%n",
                threads,
                batch,
                prompt,
                promptTime,
                micros[0],
                micros[steps / 2],
                micros[steps * 9 / 10],
                cpu / 1e3 / steps,
                batch * 1e6 / micros[steps / 2]);
    }

    private static ModelFiles model() throws IOException {
        String config = "{\"architectures\": [\"LlamaForCausalLM\"], \"hidden_size\": " + HIDDEN
                + ", \"intermediate_size\": " + INNER + ", \"num_hidden_layers\": " + LAYERS
                + ", \"num_attention_heads\": 8, \"num_key_value_heads\": 4, \"vocab_size\": " + VOCABULARY
                + ", \"tie_word_embeddings\": true, \"max_position_embeddings\": 2048, \"eos_token_id\": 1}";
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new int[] {VOCABULARY, HIDDEN});
        shapes.put("model.norm.weight", new int[] {HIDDEN});
        for (int layer = 0; layer < LAYERS; layer++) {
            String prefix = "model.layers." + layer + ".";
            shapes.put(prefix + "input_layernorm.weight", new int[] {HIDDEN});
            shapes.put(prefix + "post_attention_layernorm.weight", new int[] {HIDDEN});
            shapes.put(prefix + "self_attn.q_proj.weight", new int[] {HIDDEN, HIDDEN});
            shapes.put(prefix + "self_attn.k_proj.weight", new int[] {HIDDEN / 2, HIDDEN});
            shapes.put(prefix + "self_attn.v_proj.weight", new int[] {HIDDEN / 2, HIDDEN});
            shapes.put(prefix + "self_attn.o_proj.weight", new int[] {HIDDEN, HIDDEN});
            shapes.put(prefix + "mlp.gate_proj.weight", new int[] {INNER, HIDDEN});
            shapes.put(prefix + "mlp.up_proj.weight", new int[] {INNER, HIDDEN});
            shapes.put(prefix + "mlp.down_proj.weight", new int[] {HIDDEN, INNER});
        }
        return Overlay.of(Family.of("llama2").files(), "config.json", config.getBytes(StandardCharsets.UTF_8))
                .and("model.safetensors", weights(shapes));
    }

    private static byte[] weights(Map<String, int[]> shapes) {
        StringBuilder header = new StringBuilder("{");
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Random random = new Random(1);
        shapes.forEach((name, shape) -> {
            int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            ByteBuffer floats = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                floats.putFloat(shape.length == 1 ? 1 : (float) random.nextGaussian() * 0.06f);
            }
            header.append(header.length() > 1 ? "," : "").append('"').append(name);
            header.append("\":{\"dtype\":\"F32\",\"shape\":").append(Arrays.toString(shape));
            header.append(",\"data_offsets\":[").append(data.size()).append(',').append(data.size() + 4 * count);
            header.append("]}");
            data.writeBytes(floats.array());
        });
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .put(data.toByteArray())
                .array();
    }
}
