// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.TemplateException;
import dev.espalier.core.error.UnsupportedFeatureException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatTemplateTest {

    private static String render(String template, Map<String, ?> variables) {
        return ChatTemplate.parse(template, "t.jinja").render(variables).text();
    }

    private static String message(Exception error) {
        return String.valueOf(error.getMessage());
    }

    @Test
    void whatDoesNotExistIsRefusedByNameAndPlaceWhenTheTemplateIsRead() {
        Map<String, String> refused = new LinkedHashMap<>();
        refused.put("a\n{% nosuch %}", "nosuch 2:4");
        refused.put("a\n {{ x | nosuch }}", "nosuch 2:7");
        refused.put("{{ x is nosuch }}", "nosuch 1:6");
        refused.put("{% if x %}{{ y.nosuch(1) }}{% endif %}", "nosuch 1:16");
        refused.put("{{ nosuch(1) }}", "nosuch 1:4");
        refused.put("{{ x | map('nosuch') }}", "nosuch 1:12");
        refused.put("{{ x | selectattr('a', 'nosuch') }}", "nosuch 1:24");
        refused.put("{% include 'x' %}", "include 1:4");
        refused.put("{% extends 'x' %}", "extends 1:4");
        refused.forEach((template, expected) -> {
            UnsupportedFeatureException error = assertThrows(
                    UnsupportedFeatureException.class, () -> ChatTemplate.parse(template, "t.jinja"), template);
            assertEquals(
                    expected,
                    error.feature() + " " + error.place().line() + ":"
                            + error.place().column(),
                    template);
            assertTrue(message(error).startsWith("t.jinja:"), message(error));
        });
    }

    @Test
    void aSyntaxErrorHasLineAndColumn() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("a\nb {{ 1 + }}", "2:10");
        wrong.put("{% if x %}\n", "1:4");
        wrong.put("{{ 'abc }}", "1:4");
        wrong.put("x\n{# c", "2:1");
        wrong.put("{% endfor %}", "1:4");
        wrong.put("{{ ) }}", "1:4");
        wrong.put("{% for x in y %}{% break %}{% endfor %}{% break %}", "1:43");
        wrong.forEach((template, expected) -> {
            SyntaxException error =
                    assertThrows(SyntaxException.class, () -> ChatTemplate.parse(template, "t.jinja"), template);
            assertEquals(expected, error.place().line() + ":" + error.place().column(), template);
        });
    }

    @Test
    void aFailureOfATemplateSaysWhyAndWhere() {
        Map<String, String> failing = new LinkedHashMap<>();
        failing.put("a\n{{ raise_exception('Only user roles') }}", "RAISED 2 Only user roles");
        failing.put("\n\n{{ a.b }}", "UNDEFINED 3 'a' is undefined");
        failing.put("{{ d.x.y }}", "UNDEFINED 1 'dict object' has no attribute 'x'");
        failing.put("{{ 'a' + 1 }}", "TYPE 1 can only concatenate str (not \"int\") to str");
        failing.put("{{ 1 // 0 }}", "VALUE 1 integer division or modulo by zero");
        failing.put("{{ d.update({}) }}", "FORBIDDEN 1 the attribute 'update' of 'dict' is not for templates");
        failing.put("{{ ''.__class__.x }}", "FORBIDDEN 1 the attribute '__class__' of 'str' is not for templates");
        failing.forEach((template, expected) -> {
            TemplateException error =
                    assertThrows(TemplateException.class, () -> render(template, Map.of("d", Map.of())), template);
            assertEquals("template", error.code());
            String message = message(error).split("\n", -1)[0].replaceFirst("^t.jinja:\\d+:\\d+: ", "");
            assertEquals(expected, error.reason() + " " + error.place().line() + " " + message);
        });
    }

    @Test
    void aFunctionMayBeMissingWhereTheTemplateAsksForIt() {
        assertEquals("no", render("{{ strftime_then() if strftime_then is defined else 'no' }}", Map.of()));
    }

    @Test
    void everyKindOfWorkIsBounded() {
        Map<String, String> endless = new LinkedHashMap<>();
        endless.put("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", "maxSteps");
        endless.put("{{ 'a' * 100000000 }}", "maxCharacters");
        endless.put(
                "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "maxCharacters");
        endless.put(
                "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "maxSteps");
        endless.put(
                "{% set ns = namespace(x=[1]) %}{% for i in range(9999) %}{% set ns.x = [ns.x] %}{% endfor %}",
                "containerDepth");
        endless.put("{% macro m(n) %}{{ m(n + 1) }}{% endmacro %}{{ m(0) }}", "maxDepth");
        endless.put("{% for x in [[1]] recursive %}{{ loop([x]) }}{% endfor %}", "maxDepth");
        endless.put("{{ [1] * 1000000000 }}", "maxSteps");
        endless.put("{{ 'a'.center(1000000000) }}", "maxCharacters");
        endless.put("{{ 10 ** 10000000 }}", "integerBits");
        endless.put(
                "{% set ns = namespace(x=3) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
                "integerBits");
        endless.put("{{ '%1000000s' % 'a' * 100 }}", "maxCharacters");
        endless.put(
                "{% macro m() %}{{ caller() }}{{ caller() }}{% endmacro %}" + "{% call m() %}".repeat(60) + "x"
                        + "{% endcall %}".repeat(60),
                "maxSteps");
        RenderOptions options = RenderOptions.DEFAULT.withLimits(new RenderLimits(2_000_000, 1_000_000, 2000));
        endless.forEach((template, limit) -> {
            LimitExceededException error = assertThrows(
                    LimitExceededException.class,
                    () -> ChatTemplate.parse(template, "").render(Map.of(), options),
                    template);
            assertEquals(limit, error.limit(), template);
        });
    }

    @Test
    void deepNestingIsReadOrRefusedButNeverOverflowsTheStack() {
        assertEquals("1", render("{{ " + "(".repeat(400) + "1" + ")".repeat(400) + " }}", Map.of()));
        assertEquals("True", render("{{ " + "not ".repeat(400) + "1 }}", Map.of()));
        assertEquals("500", render("{{ 1" + " + 1".repeat(499) + " }}", Map.of()));
        String deep = "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}";
        assertEquals(
                "maxNesting",
                assertThrows(LimitExceededException.class, () -> ChatTemplate.parse(deep, ""))
                        .limit());
        String blocks = "{% if true %}".repeat(300) + "x" + "{% endif %}".repeat(300);
        assertEquals("x", render(blocks, Map.of()));
        assertEquals(
                "maxSourceBytes",
                assertThrows(
                                LimitExceededException.class,
                                () -> ChatTemplate.parse("abc", "", Limits.DEFAULT.withMaxSourceBytes(2)))
                        .limit());
    }

    @Test
    void variablesAreCopiedWithTheSemanticsOfPython() {
        Map<String, Object> variables = new HashMap<>();
        variables.put("i", 3);
        variables.put("l", 4L);
        variables.put("b", BigInteger.TEN.pow(30));
        variables.put("d", 1.0);
        variables.put("e", new BigDecimal("1.50"));
        variables.put("n", null);
        variables.put("t", true);
        variables.put("s", List.of("a", Map.of(1, 2)));
        assertEquals(
                "3 4 1000000000000000000000000000000 1.0 1.5 None True ['a', {1: 2}]",
                render("{{ i }} {{ l }} {{ b }} {{ d }} {{ e }} {{ n }} {{ t }} {{ s }}", variables));
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> render("{{ x }}", Map.of("x", List.of(new Object()))));
        assertTrue(message(refused).contains("x[0]"), message(refused));
        assertThrows(InvalidInputException.class, () -> render("{{ x }}", Map.of("x", Map.of(List.of(1), 2))));
        List<Object> circle = new ArrayList<>();
        circle.add(circle);
        assertThrows(LimitExceededException.class, () -> render("{{ x }}", Map.of("x", circle)));
    }

    @Test
    void theVariablesThatATemplateMayReadAreKnown() {
        String template = "{% set a = 1 %}{% macro m(p) %}{{ p }}{{ q }}{% endmacro %}{% for x in messages %}{{ x }}{{"
                + " loop.index }}{{ a }}{{ m(tools) }}{% endfor %}{% if not date is defined %}{% set date ="
                + " strftime_now('%d') %}{% endif %}";
        assertEquals(
                List.of("date", "messages", "q", "tools"),
                List.copyOf(ChatTemplate.parse(template, "").variables()));
    }

    @Test
    void aNameThatIsSetOnSomeWaysOnlyMayComeFromOutside() {
        assertEquals(
                Set.of("a"),
                ChatTemplate.parse("{% if 0 %}{% set a = 1 %}{% endif %}{{ a }}", "")
                        .variables());
        assertEquals(
                Set.of("b"),
                ChatTemplate.parse(
                                "{% if 0 %}{% set a = 1 %}{% elif 1 %}{% set a = 2 %}{% set b = 2 %}"
                                        + "{% else %}{% set a = 3 %}{% endif %}{{ a }}{{ b }}",
                                "")
                        .variables());
        assertEquals(
                Set.of("tools"),
                ChatTemplate.parse(
                                "{% if not tools is defined %}{% set tools = none %}{% endif %}{% if tools %}x{% endif %}",
                                "")
                        .variables());
    }

    @Test
    void oneTemplateServesManyThreads() {
        ChatTemplate template = ChatTemplate.parse(
                "{% set ns = namespace(s=0) %}{% for i in range(n) %}{% set ns.s = ns.s + i %}{% endfor %}{{ ns.s }}",
                "");
        List<String> texts = IntStream.range(0, 200)
                .parallel()
                .mapToObj(n -> template.render(Map.of("n", n)).text())
                .toList();
        assertEquals(
                IntStream.range(0, 200)
                        .mapToObj(n -> String.valueOf(n * (n - 1) / 2))
                        .toList(),
                texts);
    }
}
