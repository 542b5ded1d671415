// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.hostile;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One line of the corpus' index. Immutable; large inputs are read when they are asked for. */
final class HostileCase {

    private final JsonNode node;
    private final HostileCorpus files;

    HostileCase(JsonNode node, HostileCorpus files) {
        this.node = node;
        this.files = files;
    }

    String id() {
        return node.path("id").asString();
    }

    /** {@code schema}, {@code grammar}, {@code regex}, {@code tokenizer} or {@code runtime}. */
    String kind() {
        return node.path("kind").asString();
    }

    /** Whether it is a scenario of steps rather than a language with texts. */
    boolean isScenario() {
        return kind().equals("tokenizer") || kind().equals("runtime");
    }

    Expectation expectation() {
        return Expectation.valueOf(
                node.path("expect").asString().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** The kinds of error that fit; empty where any does. */
    List<String> categories() {
        return strings(node.path("error"));
    }

    double maxSeconds() {
        return node.path("max_seconds").asDouble(10);
    }

    int maxHeapMb() {
        return node.path("max_heap_mb").asInt(512);
    }

    List<String> jvmArguments() {
        return strings(node.path("jvm_args"));
    }

    /** The stack of the thread that compiles, in KiB; 0 for the default. */
    int threadStackKb() {
        return node.path("thread_stack_kb").asInt(0);
    }

    /** The first file that the case needs and that is not there; empty if all are. */
    String missingFile() {
        for (String path : node.path("sha256").propertyNames()) {
            if (!files.has(path)) {
                return path;
            }
        }
        return "";
    }

    /** Whether the input is a file with many inputs, one a line. */
    boolean hasLines() {
        return node.path("lines").asBoolean(false);
    }

    /** The input of a language case. */
    byte[] input() {
        return input(node, "file", files);
    }

    /** What a constraint is made of: bytes in hex, a file by its name in a member, or a text. */
    static byte[] input(JsonNode node, String file, HostileCorpus files) {
        if (node.has("input_hex")) {
            return HexFormat.of().parseHex(node.path("input_hex").asString());
        }
        return node.has(file)
                ? files.read(node.path(file).asString())
                : node.path("input").asString().getBytes(StandardCharsets.UTF_8);
    }

    /** The inputs of a case with lines. */
    List<byte[]> lines() {
        return lines(files.read(node.path("file").asString()));
    }

    /** The strings of a file with one JSON string a line, as UTF-8. */
    static List<byte[]> lines(byte[] file) {
        List<byte[]> inputs = new ArrayList<>();
        for (String line : new String(file, StandardCharsets.UTF_8).split("\n")) {
            if (!line.isEmpty()) {
                inputs.add(JsonMapper.shared().readTree(line).asString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return inputs;
    }

    /** The scenario of a tokenizer or runtime case. */
    JsonNode scenario() {
        return node.path("input");
    }

    HostileCorpus files() {
        return files;
    }

    /** Whole texts that are in the language. */
    List<Text> accepts() {
        return texts("accepts", "accepts_files");
    }

    /** Whole texts that are not in the language. */
    List<Text> rejects() {
        return texts("rejects", "rejects_files");
    }

    private List<Text> texts(String inline, String large) {
        List<Text> texts = new ArrayList<>();
        node.path(inline).forEach(text -> texts.add(Text.of(text)));
        node.path(large)
                .forEach(file -> texts.add(new Text("the text of " + file.asString(), files.read(file.asString()))));
        return texts;
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }
}
