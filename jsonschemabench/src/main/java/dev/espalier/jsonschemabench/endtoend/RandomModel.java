// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.endtoend;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Llama with random weights over the vocabulary of a real tokenizer, as a directory in the usual form: {@code config.json},
 * {@code model.safetensors}, {@code tokenizer.json}. What it writes means nothing, but it costs what a real model of its size
 * costs. The same tokenizer, size and seed give the same bytes.
 *
 * @param tokenizer a {@code tokenizer.json}, plain or gzipped
 * @param parameters the least number of parameters; layers are added until it is reached
 * @param seed decides the weights
 */
public record RandomModel(Path tokenizer, long parameters, long seed) {

    private static final int HIDDEN = 512;
    private static final int INNER = 1408;
    private static final int HEADS = 8;
    private static final int GROUPS = 4;
    private static final int POSITIONS = 4096;
    private static final int KEYS = HIDDEN / HEADS * GROUPS;
    private static final long LAYER = 2L * HIDDEN + 2L * HIDDEN * HIDDEN + 2L * KEYS * HIDDEN + 3L * INNER * HIDDEN;

    /** The standard deviation of the weights, as real models begin their training with. */
    private static final double DEVIATION = 0.02;

    private static final int CHUNK = 1 << 16;

    /**
     * The directory of the model, inside a folder; it is made there if it is not there yet. Cost: some seconds, and two bytes on disk for
     * each parameter.
     *
     * @throws InvalidInputException if the tokenizer cannot be read, or the directory cannot be written
     */
    public Path in(Path folder) {
        Vocabulary vocabulary = Vocabulary.read(tokenizer);
        Path directory = folder.resolve(name(vocabulary.size()));
        Path unfinished = folder.resolve(directory.getFileName() + ".unfinished");
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(unfinished);
                writeTokenizer(unfinished.resolve("tokenizer.json"));
                Files.writeString(unfinished.resolve("config.json"), config(vocabulary));
                writeWeights(unfinished.resolve("model.safetensors"), vocabulary.size());
                Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
            }
            return directory;
        } catch (IOException e) {
            throw new InvalidInputException("cannot write the model " + directory + ": " + e, e);
        }
    }

    /**
     * How it is called, by what decides it.
     *
     * @throws InvalidInputException if the tokenizer cannot be read
     */
    public String name() {
        return name(Vocabulary.read(tokenizer).size());
    }

    String name(int vocabularySize) {
        String base = tokenizer.getFileName().toString().replaceAll("\\.json(\\.gz)?$", "");
        return "random-" + base + "-" + Math.round(parameters(vocabularySize) / 1e6) + "m-seed" + seed;
    }

    /** The parameters that it has with a vocabulary. */
    long parameters(int vocabularySize) {
        return (long) vocabularySize * HIDDEN + HIDDEN + layers(vocabularySize) * LAYER;
    }

    private long layers(int vocabularySize) {
        long missing = parameters - (long) vocabularySize * HIDDEN - HIDDEN;
        return Math.max(1, (missing + LAYER - 1) / LAYER);
    }

    private void writeTokenizer(Path target) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(tokenizer))) {
            raw.mark(2);
            boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            try (InputStream plain = zipped ? new GZIPInputStream(raw) : raw) {
                Files.copy(plain, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private String config(Vocabulary vocabulary) {
        ObjectNode config = JsonMapper.shared().createObjectNode();
        config.putArray("architectures").add("LlamaForCausalLM");
        config.put("model_type", "llama").put("vocab_size", vocabulary.size());
        config.put("hidden_size", HIDDEN).put("intermediate_size", INNER);
        config.put("num_hidden_layers", layers(vocabulary.size()));
        config.put("num_attention_heads", HEADS).put("num_key_value_heads", GROUPS);
        config.put("max_position_embeddings", POSITIONS).put("rms_norm_eps", 1e-5);
        config.put("tie_word_embeddings", true).put("torch_dtype", "bfloat16");
        config.set("eos_token_id", JsonMapper.shared().valueToTree(vocabulary.endIds()));
        return config.toString();
    }

    private Map<String, int[]> shapes(int vocabularySize) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("model.embed_tokens.weight", new int[] {vocabularySize, HIDDEN});
        shapes.put("model.norm.weight", new int[] {HIDDEN});
        for (int layer = 0; layer < layers(vocabularySize); layer++) {
            String prefix = "model.layers." + layer + ".";
            shapes.put(prefix + "input_layernorm.weight", new int[] {HIDDEN});
            shapes.put(prefix + "post_attention_layernorm.weight", new int[] {HIDDEN});
            shapes.put(prefix + "self_attn.q_proj.weight", new int[] {HIDDEN, HIDDEN});
            shapes.put(prefix + "self_attn.k_proj.weight", new int[] {KEYS, HIDDEN});
            shapes.put(prefix + "self_attn.v_proj.weight", new int[] {KEYS, HIDDEN});
            shapes.put(prefix + "self_attn.o_proj.weight", new int[] {HIDDEN, HIDDEN});
            shapes.put(prefix + "mlp.gate_proj.weight", new int[] {INNER, HIDDEN});
            shapes.put(prefix + "mlp.up_proj.weight", new int[] {INNER, HIDDEN});
            shapes.put(prefix + "mlp.down_proj.weight", new int[] {HIDDEN, INNER});
        }
        return shapes;
    }

    private void writeWeights(Path target, int vocabularySize) throws IOException {
        Map<String, int[]> shapes = shapes(vocabularySize);
        ObjectNode header = JsonMapper.shared().createObjectNode();
        long offset = 0;
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "BF16");
            entry.set("shape", JsonMapper.shared().valueToTree(tensor.getValue()));
            long end = offset + 2L * count(tensor.getValue());
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        byte[] length = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .array();
        try (OutputStream out = Files.newOutputStream(target)) {
            out.write(length);
            out.write(text);
            SplittableRandom random = new SplittableRandom(seed);
            for (int[] shape : shapes.values()) {
                writeTensor(out, count(shape), shape.length == 1, random);
            }
        }
    }

    private static int count(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Ones for the weights of a normalisation, for all others numbers evenly from an interval around 0. */
    private static void writeTensor(OutputStream out, int count, boolean ones, SplittableRandom random)
            throws IOException {
        float reach = (float) (DEVIATION * Math.sqrt(3));
        ByteBuffer chunk = ByteBuffer.allocate(2 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < count; done += CHUNK) {
            int size = Math.min(CHUNK, count - done);
            chunk.clear();
            for (int i = 0; i < size; i++) {
                float value = ones ? 1 : random.nextInt() * 0x1p-31f * reach;
                chunk.putShort((short) (Float.floatToRawIntBits(value) >>> 16));
            }
            out.write(chunk.array(), 0, 2 * size);
        }
    }
}
