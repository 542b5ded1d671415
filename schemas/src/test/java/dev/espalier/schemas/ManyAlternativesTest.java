// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.automata.stack.Stepper;
import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.schemas.options.MemberOrder;
import dev.espalier.schemas.options.SchemaOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What many alternatives beside {@code unevaluatedProperties} cost grows slowly with their number, wherever they stand. */
class ManyAlternativesTest {

    /** Texts have the letter {@code #} for a quotation mark. */
    private enum Kind {
        ONE_OF(
                "#oneOf#:[%s]",
                "{#required#:[#t#],#properties#:{#t#:{#const#:#v%1$d#},#p%1$d#:{},#q%1$d#:{#type#:#string#}}}",
                List.of("{#t#:#v3#,#p3#:1}", "{#q2#:##,#t#:#v2#}"),
                List.of("{#t#:#v3#,#p2#:1}", "{#q2#:##,#t#:#v3#}", "{#t#:#v3#,#z#:1}", "{}")),
        ANY_OF_NUMBERS(
                "#anyOf#:[%s]",
                "{#required#:[#t#],#properties#:{#t#:{#const#:%1$d},#p%1$d#:{}}}",
                List.of("{#t#:3,#p3#:1}", "{#p2#:1,#t#:2}"),
                List.of("{#t#:3,#p2#:1}", "{#p2#:1,#t#:4}")),
        ABSENT_OR_TOLD(
                "#anyOf#:[%s]",
                "{#properties#:{#t#:{#const#:#v%1$d#},#p%1$d#:{}}}",
                List.of("{#t#:#v3#,#p3#:1}", "{#p2#:1,#p4#:1}"),
                List.of("{#t#:#v3#,#p2#:1}", "{#t#:#z#}")),
        BESIDE_A_BASE(
                "#allOf#:[{#properties#:{#id#:{#type#:#string#}},#required#:[#id#]}],#oneOf#:[%s]",
                "{#required#:[#t#],#properties#:{#t#:{#const#:#v%1$d#},#p%1$d#:{}}}",
                List.of("{#id#:##,#t#:#v3#,#p3#:1}"),
                List.of("{#t#:#v3#,#p3#:1}", "{#id#:##,#t#:#v3#,#p2#:1}")),
        CONDITIONS(
                "#properties#:{#t#:{#type#:#string#}},#required#:[#t#],#allOf#:[%s]",
                "{#if#:{#required#:[#t#],#properties#:{#t#:{#const#:#v%1$d#}}},#then#:{#properties#:{#p%1$d#:{#type#:#null#}}}}",
                List.of("{#t#:#v3#,#p3#:null}", "{#t#:#z#}"),
                List.of("{#t#:#v3#,#p2#:null}", "{#t#:#v3#,#p3#:1}", "{#p3#:null,#t#:#z#}")),
        DEPENDENCIES(
                "#patternProperties#:{#^k#:{}},#dependentSchemas#:{%s}",
                "#k%1$d#:{#properties#:{#p%1$d#:{#type#:#null#}}}",
                List.of("{#k3#:1,#p3#:null,#k2#:1}", "{#p3#:null,#k3#:2}", "{}"),
                List.of("{#k3#:1,#p2#:null}", "{#k3#:1,#p3#:1}", "{#p3#:null}")),
        OPTIONAL_MEMBERS(
                "#anyOf#:[%s]",
                "{#properties#:{#a%1$d#:{#type#:#integer#},#b%1$d#:{#type#:#string#},#name#:{#type#:#string#}}}",
                List.of("{}", "{#b3#:##,#a2#:1,#name#:##}", "{#a3#:1}"),
                List.of("{#a3#:##}", "{#a3#:1,#b3#:1}", "{#name#:1}", "{#z#:1}")),
        COMMON_NAMES(
                "#oneOf#:[%s]",
                "{#required#:[#t#],#properties#:{#t#:{#const#:#v%1$d#},#s%2$d#:{#type#:#integer#},#r%3$d#:{#minimum#:%1$d}}}",
                List.of("{#t#:#v3#,#s3#:1,#r3#:4}", "{#r4#:#a#,#t#:#v4#}"),
                List.of("{#t#:#v3#,#s2#:1}", "{#r3#:1,#t#:#v3#}", "{#s1#:#a#,#t#:#v1#}")),
        REQUIRED_NAMES(
                "#oneOf#:[%s]",
                "{#required#:[#V%1$d#],#properties#:{#V%1$d#:{#type#:#object#},#o%1$d#:{}}}",
                List.of("{#V3#:{}}", "{#o3#:1,#V3#:{}}"),
                List.of("{#V3#:{},#V2#:{}}", "{#o2#:1,#V3#:{}}", "{}")),
        PATTERNS(
                "#oneOf#:[%s]",
                "{#required#:[#t#],#properties#:{#t#:{#const#:#v%1$d#}},#patternProperties#:{#^x%1$d-#:{#type#:#null#}}}",
                List.of("{#t#:#v3#,#x3-a#:null}", "{#x3-#:null,#t#:#v3#}"),
                List.of("{#t#:#v3#,#x2-a#:null}", "{#t#:#v3#,#x3-a#:1}"));

        private final String around;
        private final String alternative;
        private final List<String> good;
        private final List<String> bad;

        Kind(String around, String alternative, List<String> good, List<String> bad) {
            this.around = around;
            this.alternative = alternative;
            this.good = good;
            this.bad = bad;
        }

        String schema(int alternatives) {
            String all = IntStream.range(0, alternatives)
                    .mapToObj(i -> String.format(alternative, i, i % 7, i % 11))
                    .collect(Collectors.joining(","));
            return quoted("{#type#:#object#," + String.format(around, all) + ",#unevaluatedProperties#:false}");
        }
    }

    private static String quoted(String text) {
        return text.replace('#', '"');
    }

    private static SchemaOptions options(MemberOrder order, int units) {
        Limits limits = Limits.DEFAULT
                .withCompileDeadline(Duration.ofMillis(units / 1000))
                .withWallClockFactor(10_000);
        return SchemaOptions.DEFAULT.withMemberOrder(order).withLimits(limits);
    }

    /** The units of work that a schema's compilation takes; all texts are read, symbol by symbol. */
    private static long work(Kind kind, int alternatives, IntFunction<String> place, String before, String after) {
        SchemaOptions options = options(MemberOrder.ANY, 1_000_000);
        WorkBudget budget = new WorkBudget(options.limits(), new Cancellation());
        Recogniser read = new Recogniser(new SchemaCompiler()
                .compile(place.apply(alternatives), options, budget)
                .automaton()
                .start());
        kind.good.forEach(text -> assertTrue(read.accepts(before + quoted(text) + after), text));
        kind.bad.forEach(text -> assertFalse(read.accepts(before + quoted(text) + after), text));
        Stepper stepper = new Stepper(Limits.DEFAULT);
        for (String text : kind.good) {
            StackSet set = StackSet.of(read.start());
            for (byte b : (before + quoted(text) + after).getBytes(StandardCharsets.UTF_8)) {
                for (int symbol = ' '; symbol < 0x80; symbol++) {
                    stepper.step(set, symbol);
                }
                set = stepper.step(set, b);
            }
        }
        return budget.meter().spent();
    }

    @ParameterizedTest
    @EnumSource
    void workGrowsSlowly(Kind kind) {
        long few = work(kind, 12, kind::schema, "", "");
        long many = work(kind, 48, kind::schema, "", "");
        assertTrue(many < 16 * few + 20_000, () -> few + ", " + many);
    }

    @ParameterizedTest
    @EnumSource
    void whatStandsInsideIsReadToTheEnd(Kind kind) {
        work(kind, 40, n -> "{\"additionalProperties\":" + kind.schema(n) + "}", "{\"a\":", "}");
        work(kind, 24, n -> "{\"items\":{\"properties\":{\"b\":" + kind.schema(n) + "}}}", "[{\"b\":", "}]");
    }

    /** Alternatives without a tag that have names in common in many ways are refused by place, also where no text may come to them. */
    @Test
    void whatNothingTellsApartIsRefusedByPlace() {
        String alternatives = IntStream.range(0, 40)
                .mapToObj(i -> String.format(
                        "{#properties#:{#s%d#:{#type#:#integer#},#s%d#:{#type#:#string#},#s%d#:{#minimum#:%d}}}",
                        i % 7, i % 5 + 7, 3 * i % 11 + 12, i))
                .collect(Collectors.joining(","));
        String schema = quoted("{#properties#:{#x#:{#anyOf#:[" + alternatives + "],#unevaluatedProperties#:false}}}");
        LimitExceededException refused = assertThrows(
                LimitExceededException.class,
                () -> new SchemaCompiler().compile(schema, options(MemberOrder.ANY, 1_000_000)));
        assertEquals("maxIrNodes", refused.limit());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("#/properties/x/unevaluatedProperties"), message);
        assertTrue(message.contains("additionalProperties"), message);
    }
}
