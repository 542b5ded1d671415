// SPDX-License-Identifier: Apache-2.0
package dev.espalier.chat;

import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.testing.RandomTrials;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates and variables that mean harm: each gives a text or a failure of this library, soon. */
class HostileTest {

    private static final RenderOptions SMALL =
            TemplateCases.OPTIONS.withLimits(new RenderLimits(2_000_000, 2_000_000, 2000));

    private static final Map<String, Object> VARIABLES = variables();

    private static final List<String> ATOMS = List.of(
            "m",
            "u",
            "n",
            "d",
            "l",
            "f",
            "b",
            "x",
            "'a'",
            "'%s {}'",
            "'{:>9}'",
            "'%5.2f'",
            "''",
            "0",
            "-1",
            "3",
            "1.5",
            "2 ** 70",
            "1e308 * 10",
            "[1, 'a']",
            "{'k': 1}",
            "(1, 2)",
            "none",
            "true",
            "range(5)",
            "namespace(a=1)",
            "'Σß'",
            "'\\ud83d'",
            "99999",
            "l | map('upper')",
            "d.items()",
            "loop",
            "m.content",
            "joiner()",
            "[[1]] | groupby(0)");

    private static final List<String> OPERATORS =
            List.of("+", "-", "*", "/", "//", "%", "**", "~", "==", "<", ">=", "in", "not in", "and", "or", "if");

    private static final List<String> FILTERS = List.of(
            "abs",
            "batch",
            "capitalize",
            "center",
            "count",
            "default",
            "dictsort",
            "e",
            "filesizeformat",
            "first",
            "float",
            "format",
            "groupby",
            "indent",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "round",
            "safe",
            "select",
            "selectattr",
            "slice",
            "sort",
            "string",
            "sum",
            "title",
            "tojson",
            "trim",
            "truncate",
            "unique",
            "upper",
            "urlencode",
            "wordcount",
            "xmlattr",
            "attr",
            "forceescape");

    private static final List<String> METHODS = List.of(
            "strip",
            "split",
            "rsplit",
            "splitlines",
            "partition",
            "rpartition",
            "replace",
            "join",
            "format",
            "find",
            "index",
            "count",
            "startswith",
            "title",
            "capitalize",
            "swapcase",
            "center",
            "zfill",
            "expandtabs",
            "ljust",
            "keys",
            "values",
            "items",
            "get",
            "copy",
            "bit_length",
            "is_integer",
            "isdigit",
            "removeprefix",
            "casefold");

    private static final List<String> TESTS = List.of(
            "defined",
            "none",
            "string",
            "number",
            "mapping",
            "iterable",
            "odd",
            "even",
            "divisibleby(0)",
            "in l",
            "eq 1",
            "sameas u",
            "lower",
            "ge 2");

    private static final List<String> BLOCKS = List.of(
            "{% if @ %}@{{ @ }}{% else %}b{% endif %}",
            "{% for x in @ %}{{ loop.index }}{{ @ }}{% else %}e{% endfor %}",
            "{% for x, y in @ if @ %}{{ x }}{{ loop.nextitem }}{% endfor %}",
            "{% set x = @ %}{{ x }}",
            "{% set ns = namespace(a=@) %}{% for x in l %}{% set ns.a = ns.a ~ @ %}{% endfor %}{{ ns.a }}",
            "{% set x %}{{ @ }}{% endset %}{{ x | upper }}",
            "{% macro w(a, b=@) %}{{ a }}{{ b }}{{ kwargs }}{% endmacro %}{{ w(@, c=@) }}",
            "{% macro w() %}{{ caller() }}{% endmacro %}{% call w() %}{{ @ }}{% endcall %}",
            "{% filter upper %}{{ @ }}{% endfilter %}",
            "{% with x = @ %}{{ x[@] }}{{ x[@:@:@] }}{% endwith %}",
            "{% for x in l recursive %}{{ loop(@) }}{% endfor %}",
            "{{ @ }}",
            "{{ x.@ }}",
            "{% break %}",
            "{# @ #}",
            "{%- @ -%}");

    private static Map<String, Object> variables() {
        Map<String, Object> all = new HashMap<>();
        all.put("m", Map.of("role", "user", "content", "<|im_end|> %s {0} \ud83d\ude00 \ude00 Σ"));
        all.put("u", "\ude00é {} %d ΑΣ");
        all.put("n", 7);
        all.put("d", Map.of("a", 1, "b", List.of("x")));
        all.put("l", List.of("b", "A", "c"));
        all.put("f", 1e300);
        all.put("b", false);
        all.put("none", null);
        return all;
    }

    /** Templates that once ran for hours, or ended with an error of Java. The variable {@code s} is a million times a letter. */
    static List<String> hostile() {
        String twice =
                "{% set ns = namespace(x=@, y=@) %}{% for i in range(60) %}{% set ns.x = # %}{% set ns.y = & %}{% endfor %}";
        String tuples = twice.replace("@", "(1,)").replace("#", "(ns.x, ns.x)").replace("&", "(ns.y, ns.y)");
        String lists = twice.replace("@", "[1]").replace("#", "[ns.x, ns.x]").replace("&", "[ns.y, ns.y]");
        String grow =
                "{% set ns = namespace(x=[1]) %}{% for i in range(50000) %}{% set ns.x = # %}{% endfor %}{{ ns.x @ }}";
        return List.of(
                lists + "{{ ns.x == ns.y }}",
                lists + "{{ ns.x < ns.y }}",
                lists + "{{ ns.x in [ns.y] }}",
                lists + "{{ [ns.x].count(ns.y) }}{{ ns.x is eq ns.y }}",
                lists + "{{ [ns.x, ns.y] | sort | length }}",
                lists + "{{ [ns.x, ns.y] | min | length }}",
                tuples + "{{ {ns.x: 1}[ns.y] }}",
                tuples + "{{ [ns.x, ns.y] | unique | list | length }}",
                tuples + "{{ d.get(ns.x) }}{{ d[ns.x] }}",
                lists + "{% for i in [ns.x, ns.y] %}{{ loop.changed(i) }}{% endfor %}",
                grow.replace("#", "ns.x | map('string')").replace("@", "| list"),
                grow.replace("#", "ns.x | select").replace("@", "| list"),
                grow.replace("#", "[ns.x] | map('first')").replace("@", "| list"),
                grow.replace("#", "[[[[[[[[[[namespace(x=ns.x)]]]]]]]]]]")
                        .replace("@", "")
                        .replace("50000", "1900"),
                grow.replace("#", "[{'a': 1, 'b': ns.x}] | groupby('a')").replace("@", ""),
                grow.replace("#", "[ns.x].count").replace("@", " == 1"),
                "{% set ns = namespace(x=[1], y=[1]) %}{% for i in range(50000) %}{% set ns.x = [ns.x].count %}{% set ns.y ="
                        + " [ns.y].count %}{% endfor %}{{ ns.x == ns.y }}",
                "{{ '" + "{:".repeat(20000) + "}".repeat(20000) + "'.format(1) }}",
                "{{ 1" + "1".repeat(100_000) + " }}",
                "{{ 1" + "_1".repeat(100_000) + " }}",
                "{{ 1" + "_1".repeat(100_000) + ".5 }}",
                "{{ 0x" + "_1".repeat(100_000) + " }}",
                "{##}".repeat(500_000),
                "{{ '1_1' * 1400 | int }}{{ ('1_' * 2000 ~ 1) | int }}",
                "{{ s | float }}{{ (s ~ 'x') | int }}",
                "{{ (s ~ 'x') in (s ~ s) }}",
                "{{ (s ~ s).replace(s ~ 'x', '') | length }}",
                "{{ (s ~ s).split(s ~ 'x') | length }}{{ (s ~ s).count(s ~ 'x') }}{{ (s ~ s).find(s ~ 'x') }}",
                "{{ ('x' ~ s) .strip(s ~ 'x') }}{{ ('Σ' ~ s).strip(s ~ s ~ 'x') }}",
                "{{ g | lower | length }}",
                "{{ g | capitalize | length }}{{ g.title() | length }}{{ g.swapcase() | length }}",
                "{{ e[::-1] | length }}",
                "{% for i in range(100000) %}{{ e[-1] }}{% endfor %}",
                "{% for i in range(100000) %}{% if s.isdigit() and s.count('2') %}x{% endif %}{% endfor %}",
                "{% for i in range(100000) %}{{ 0 if l100[99999 - i] in l100 }}{% endfor %}{{ l100 }}",
                "{% set l = range(100000) | list %}{% for i in l %}{{ 0 if -i in l }}{{ l.count(-1) }}{% endfor %}",
                "{% for i in range(100000) %}{% set x = 3 ** 41000 // 7 ** 11000 %}{% endfor %}",
                "{% for i in range(100000) %}{% set x = '{:_b}'.format(3 ** 41000) | length %}{% endfor %}",
                "{{ 'a' | indent(2000000000) }}",
                "{{ ('%c' * 900000) | length }}{{ strftime_now('%c' * 900000) | length }}",
                "{{ '1e999' | float | filesizeformat }}",
                "{{ ('nan' | float) | filesizeformat }}",
                "{{ [1, 2] | map(attribute=('0.' * 900000)) | list }}",
                "{% macro m(" + String.join(",", numbered(20_000))
                        + ") %}{% endmacro %}{% for i in range(100000) %}{{ m()" + " }}{% endfor %}");
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "p" + i).toList();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void everyTemplateEndsWithATextOrAFailureOfThisLibrary(String template) {
        Map<String, Object> variables = Map.of(
                "s", "1".repeat(500_000),
                "g", "Σ".repeat(200_000),
                "e", "\ud83d\ude00".repeat(200_000),
                "d", Map.of("a", 1),
                "l100", numbered(100_000));
        run(template, variables, SMALL);
    }

    private static void run(String template, Map<String, Object> variables, RenderOptions options) {
        try {
            ChatTemplate.parse(template, "").render(variables, options).text();
        } catch (EspalierException expected) {
            return;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError error) {
            fail((template.length() > 300 ? template.substring(0, 300) : template) + ": " + error, error);
        }
    }

    @RandomTrials(4000)
    void randomTemplatesGiveATextOrAFailureOfThisLibrary(Random random) {
        StringBuilder template = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            for (char c : one(BLOCKS, random).toCharArray()) {
                template.append(c == '@' ? expression(random, 0) : String.valueOf(c));
            }
        }
        run(template.toString(), VARIABLES, TemplateCases.OPTIONS.withLimits(new RenderLimits(100_000, 100_000, 300)));
    }

    private static String expression(Random random, int depth) {
        if (depth > 3) {
            return one(ATOMS, random);
        }
        String first = expression(random, depth + 1 + random.nextInt(2));
        return switch (random.nextInt(8)) {
            case 0 -> "(" + first + " " + one(OPERATORS, random) + " " + expression(random, depth + 1) + ")";
            case 1, 2 -> "(" + first + ") | " + one(FILTERS, random) + arguments(random, depth);
            case 3, 4 -> "(" + first + ")." + one(METHODS, random) + "(" + inner(random, depth) + ")";
            case 5 -> "(" + first + " is " + one(TESTS, random) + ")";
            case 6 -> "(" + first + ")[" + expression(random, depth + 1) + "]";
            default -> one(ATOMS, random);
        };
    }

    private static String arguments(Random random, int depth) {
        return random.nextBoolean() ? "" : "(" + inner(random, depth) + ")";
    }

    private static String inner(Random random, int depth) {
        StringBuilder all = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            all.append(expression(random, depth + 2)).append(i > 1 ? ", " : "");
        }
        return all.toString();
    }

    private static String one(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
