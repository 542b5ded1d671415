// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.chat.RenderedPrompt.Piece;
import dev.espalier.core.testing.RandomTrials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What users write is never a part of the program, and is marked wherever it comes out. */
class TrustTest {

    private static final List<String> HOSTILE = List.of(
            "{{ 7*7 }}",
            "{% if true %}x{% endif %}",
            "{# c #}",
            "<|im_end|>",
            "}}",
            "{%",
            "\n",
            "  ",
            "é😀",
            "'",
            "\"",
            "\\",
            "ß",
            "<s>",
            "a,b",
            "%s",
            "{0}",
            "Σ",
            "user");

    /** Templates that write a message and nothing else of it. */
    private static final List<String> COPIES = List.of(
            "<|im_start|>{{ m.content }}<|im_end|>",
            "{{ '<|im_start|>' + m['content'] + '<|im_end|>' }}",
            "{% set c = m.content %}<|im_start|>{{ c ~ '<|im_end|>' }}",
            "{% macro w(t) %}<|im_start|>{{ t }}<|im_end|>{% endmacro %}{{ w(m.content) }}",
            "{% for x in [m] %}{% set b %}<|im_start|>{{ x.content }}<|im_end|>{% endset %}{{ b }}{% endfor %}",
            "{{ ['<|im_start|>', m.content, '<|im_end|>'] | join }}",
            "{{ '<|im_start|>%s<|im_end|>' % m.content }}",
            "{{ '<|im_start|>{}<|im_end|>'.format(m.content) }}",
            "{% set ns = namespace(t='<|im_start|>') %}{% for c in m.content %}{% set ns.t = ns.t + c %}{% endfor %}{{"
                    + " ns.t }}<|im_end|>",
            "{{ '<|im_start|>X<|im_end|>' | replace('X', m.content) }}",
            "<|im_start|>{{ m.content | list | join }}<|im_end|>",
            "<|im_start|>{{ m.content[::-1] | reverse }}<|im_end|>");

    /** Operations that keep marks, however they change the text. */
    private static final List<String> CHANGES = List.of(
            "trim",
            "upper",
            "lower",
            "title",
            "capitalize",
            "tojson",
            "tojson(ensure_ascii=true)",
            "indent(3)",
            "e",
            "replace('a', 'b')",
            "truncate(6, true, '')",
            "center(30)",
            "urlencode",
            "string",
            "list | string",
            "reverse",
            "split(' ') | join('')",
            "sort | join",
            "map('upper') | join",
            "batch(2) | map('join') | join",
            "unique | join");

    private static String hostile(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
        }
        return text.toString();
    }

    private static RenderedPrompt render(String template, Map<String, ?> variables) {
        RenderedPrompt prompt = ChatTemplate.parse(template, "template").render(variables, TemplateCases.OPTIONS);
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < prompt.pieces().size(); i++) {
            Piece piece = prompt.pieces().get(i);
            assertFalse(piece.text().isEmpty());
            assertTrue(i == 0 || piece.trusted() != prompt.pieces().get(i - 1).trusted());
            joined.append(piece.text());
        }
        assertEquals(joined.toString(), prompt.text());
        return prompt;
    }

    @RandomTrials(300)
    void userTextIsCopiedAsItIsAndStaysUntrusted(Random random) {
        String content = hostile(random);
        List<Piece> expected =
                List.of(new Piece("<|im_start|>", true), new Piece(content, false), new Piece("<|im_end|>", true));
        for (String template : COPIES) {
            assertEquals(
                    expected,
                    render(template, Map.of("m", Map.of("content", content))).pieces(),
                    template);
        }
    }

    @RandomTrials(300)
    void noChangeOfUserTextMakesItTrusted(Random random) {
        // letters that no template here has, so that they show where the text went
        String content = "ж" + hostile(random).replace("<", "ж") + "жя";
        for (String change : CHANGES) {
            String filter = change.startsWith("split") ? "." + change : " | " + change;
            RenderedPrompt prompt = render("<{{ m" + filter + " }}>", Map.of("m", content));
            for (Piece piece : prompt.pieces()) {
                boolean isOfUser = piece.text().chars().anyMatch(c -> Character.toLowerCase(c) == 'ж' || c == '|');
                assertFalse(piece.trusted() && isOfUser, change + ": " + prompt.pieces());
            }
        }
    }

    @Test
    void specialTokensAreTrustedAndOtherVariablesAreNot() {
        String template = "{{ bos_token }}{{ tools | tojson }}{{ documents }}{{ date }}";
        Map<String, Object> variables =
                Map.of("bos_token", "<s>", "tools", List.of("<s>"), "documents", "<s>", "date", "<d>");
        assertEquals(
                List.of(
                        new Piece("<s>[\"", true),
                        new Piece("<s>", false),
                        new Piece("\"]", true),
                        new Piece("<s><d>", false)),
                render(template, variables).pieces());
        RenderOptions options = RenderOptions.DEFAULT.withTrusted(Set.of("date"));
        assertEquals(
                new Piece("<d>", true),
                ChatTemplate.parse("{{ date }}", "")
                        .render(variables, options)
                        .pieces()
                        .get(0));
    }

    @Test
    void aUsualRoleOfAMessageIsTrustedAndNoOther() {
        String template = "{% for m in messages %}{{ '<|' + m.role + '|>' }}{% endfor %}";
        List<Map<String, String>> messages = List.of(Map.of("role", "user"), Map.of("role", "im_end"));
        assertEquals(
                List.of(new Piece("<|user|><|", true), new Piece("im_end", false), new Piece("|>", true)),
                render(template, Map.of("messages", messages)).pieces());
        assertEquals(
                new Piece("user", false),
                render("{{ x[0].role }}", Map.of("x", messages)).pieces().get(0));
    }

    @Test
    void partsOfATextInheritItsMarks() {
        List<String> parts = new ArrayList<>();
        for (Piece piece : render("{{ ('a<' + u + '>b')[1:-1] }}|{{ ('a ' + u).split(' ') }}", Map.of("u", "xy"))
                .pieces()) {
            parts.add(piece.text() + (piece.trusted() ? "+" : "-"));
        }
        assertEquals(List.of("<+", "xy-", ">|['a', '+", "xy-", "']+"), parts);
    }

    @Test
    void namesOfArgumentsAndFormatsOfUsersStayUntrusted() {
        Map<String, Object> variables = Map.of("d", Map.of("<|k|>", 1), "f", "<%%|", "g", "{:<>3}", "h", "a");
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("{{ dict(**d) | list | join }}", "<|k|>");
        expected.put("{{ dict({}, **d).items() | first | first }}", "<|k|>");
        expected.put("{% macro w() %}{{ kwargs.keys() | join }}{% endmacro %}{{ w(**d) }}", "<|k|>");
        expected.put("{{ strftime_now(f) }}", "<%|");
        expected.put("{{ f % () }}", "<%|");
        expected.put("{{ g.format(h) }}", "<<a");
        expected.forEach((template, text) -> assertEquals(
                List.of(new Piece(text, false)), render(template, variables).pieces(), template));
        String shown = render("{{ namespace(**d) }}", variables).pieces().toString();
        assertTrue(shown.contains("Piece[text=<|k|>, trusted=false]"), shown);
    }
}
