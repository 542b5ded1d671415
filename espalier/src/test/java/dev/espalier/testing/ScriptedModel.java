// SPDX-License-Identifier: Apache-2.0
package dev.espalier.testing;

import dev.espalier.core.ByteString;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.sampler.Logits;
import dev.espalier.sampler.ModelTemplate;
import dev.espalier.sampler.Session;
import dev.espalier.sampler.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A model that wants to write given texts: template, tokens, masks and draws are real, and only what it would like to say is told by a script. Where a mask forbids that, it writes what is allowed.
 * Thread-safe.
 */
public class ScriptedModel implements LanguageModel {

    /** Messages as ChatML has them, calls as Hermes writes them, reasoning between {@code <think>} and {@code </think>}. */
    public static final String TEMPLATE = """
            {%- for tool in tools or [] %}{{ tool | tojson }}
            {% endfor %}
            {%- for message in messages %}<|im_start|>{{ message.role }}
            {{ message.content or '' }}
            {%- for call in message.tool_calls or [] %}
            {%- if message.content or not loop.first %}
            {% endif %}<tool_call>
            {"name": {{ call.function.name | tojson }}, "arguments": {{ call.function.arguments | tojson }}}
            </tool_call>
            {%- endfor %}<|im_end|>
            {% endfor %}
            {%- if add_generation_prompt %}<|im_start|>assistant
            {% if enable_thinking is defined and not enable_thinking %}<think>

            </think>

            {% endif %}{% endif %}""";

    private static final String MARK = "<|im_start|>assistant\n";
    private static final String NO_REASONING = "<think>\n\n</think>\n\n";
    private static final List<String> WORDS = List.of(
            " the",
            "{\"",
            "\": \"",
            "\", \"",
            "\":",
            "<tool_call>",
            "</tool_call>",
            "<think>",
            "</think>",
            "\n\n",
            "name",
            "arguments",
            "Hello",
            " world",
            "true",
            "false");

    private final Vocabulary vocabulary;
    private final int end;
    private final String template;
    private final UnaryOperator<String> script;
    private final List<byte[]> words =
            WORDS.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    private final AtomicInteger passes = new AtomicInteger();

    /**
     * A model of the template of this class.
     *
     * @param script gives the answer that it would like to write to a prompt, which is what stands before the answer
     */
    public ScriptedModel(UnaryOperator<String> script) {
        this(TEMPLATE, script);
    }

    /** The same with another template, whose prompts end with {@code <|im_start|>assistant} and a line feed, and perhaps with what the answer begins with. */
    public ScriptedModel(String template, UnaryOperator<String> script) {
        this.template = template;
        this.script = script;
        Vocabulary.Builder builder = Vocabulary.builder();
        for (int b = 0; b < 256; b++) {
            builder.token(b, ByteString.of((byte) b));
        }
        for (int i = 0; i < WORDS.size(); i++) {
            builder.token(256 + i, ByteString.utf8(WORDS.get(i)));
        }
        end = 256 + WORDS.size();
        vocabulary = builder.special(end, "<|im_end|>").endIds(end).build();
    }

    /** How many forward passes were made so far. */
    public final int passes() {
        return passes.get();
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public TextEncoder encoder() {
        return text -> {
            List<Integer> tokens = new ArrayList<>();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int at = 0; at < bytes.length; ) {
                int best = bytes[at] & 0xff;
                for (int id = 256; id < end; id++) {
                    byte[] word = vocabulary.decode(id);
                    int to = Math.min(bytes.length, at + word.length);
                    if (word.length > vocabulary.bytes(best).length()
                            && Arrays.equals(word, 0, word.length, bytes, at, to)) {
                        best = id;
                    }
                }
                tokens.add(best);
                at += vocabulary.bytes(best).length();
            }
            return tokens.stream().mapToInt(Integer::intValue).toArray();
        };
    }

    @Override
    public Optional<ModelTemplate> template() {
        return Optional.of(new ModelTemplate(template, "scripted.jinja", Map.of()));
    }

    @Override
    public int contextLength() {
        return 65_536;
    }

    @Override
    public Session open() {
        return new Sequence(List.of());
    }

    @Override
    public List<Logits> forward(List<Step> batch) {
        passes.incrementAndGet();
        return batch.stream()
                .map(step -> ((Sequence) step.session()).read(step.tokens()))
                .toList();
    }

    @Override
    public void close() {}

    private Logits logits(String rest) {
        byte[] next = rest.getBytes(StandardCharsets.ISO_8859_1);
        float[] logits = new float[vocabulary.size()];
        for (int id = 256; id < end; id++) {
            byte[] word = words.get(id - 256);
            boolean isNext = word.length <= next.length && Arrays.equals(word, 0, word.length, next, 0, word.length);
            logits[id] = isNext ? 30 + word.length : -1;
        }
        if (next.length > 0) {
            logits[next[0] & 0xff] = 31;
        }
        logits['"'] = Math.max(2, logits['"']);
        logits['}'] = Math.max(2, logits['}']);
        logits[end] = rest.isEmpty() ? 40 : 3;
        return Logits.of(logits);
    }

    /** A text that is read: one char for each byte, so that a character that is not whole yet has a place, too. */
    private final class Sequence implements Session {

        private final List<Integer> tokens;
        private final StringBuilder bytes = new StringBuilder();
        private int begin = -1;
        private String wanted = "";

        Sequence(List<Integer> tokens) {
            this.tokens = new ArrayList<>(tokens);
            spell(tokens);
        }

        private void spell(List<Integer> more) {
            for (int token : more) {
                bytes.append(new String(vocabulary.decode(token), StandardCharsets.ISO_8859_1));
            }
        }

        Logits read(int[] more) {
            List<Integer> read = Arrays.stream(more).boxed().toList();
            tokens.addAll(read);
            spell(read);
            int mark = bytes.lastIndexOf(MARK);
            int from = mark < 0 ? bytes.length() : mark + MARK.length();
            from += bytes.indexOf(NO_REASONING, from) == from ? NO_REASONING.length() : 0;
            if (from != begin) {
                begin = from;
                byte[] prompt = bytes.substring(0, from).getBytes(StandardCharsets.ISO_8859_1);
                String answer = script.apply(new String(prompt, StandardCharsets.UTF_8));
                wanted = new String(answer.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            }
            int written = bytes.length() - begin;
            boolean isBeginning =
                    written <= wanted.length() && bytes.indexOf(wanted.substring(0, written), begin) == begin;
            return logits(isBeginning ? wanted.substring(written) : "");
        }

        @Override
        public int length() {
            return tokens.size();
        }

        @Override
        public Session fork() {
            return new Sequence(tokens);
        }

        @Override
        public void truncate(int length) {
            tokens.subList(length, tokens.size()).clear();
            bytes.setLength(0);
            spell(List.copyOf(tokens));
        }

        @Override
        public void close() {}
    }
}
