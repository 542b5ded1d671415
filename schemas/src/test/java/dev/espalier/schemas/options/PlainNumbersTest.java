// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.automata.stack.StackSet;
import dev.espalier.schemas.Recogniser;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers as they are written by default. */
class PlainNumbersTest {

    private static final String MAX = "9223372036854775807";

    private static void check(String schema, String good, String bad) {
        Recogniser recogniser = Recogniser.of(schema.replace('\'', '"'));
        for (String text : good.split(" ")) {
            assertTrue(recogniser.accepts(text), () -> text + " by " + schema);
        }
        for (String text : bad.isEmpty() ? new String[0] : bad.split(" ")) {
            assertFalse(recogniser.accepts(text), () -> text + " by " + schema);
        }
    }

    @Test
    void anIntegerIsDigits() {
        String bad = "5.0 5e0 5E0 5.00 50e-1 0.5e1 05 +5 5. .5 -05";
        for (String schema : List.of(
                "{'type':'integer'}",
                "{'type':'integer','minimum':-100}",
                "{'type':'integer','minimum':-5.5,'maximum':5.5}",
                "{'type':['integer','string','null']}",
                "{'anyOf':[{'type':'integer'},{'type':'string'}]}",
                "{'oneOf':[{'type':'integer'},{'type':'boolean'}]}",
                "{'allOf':[{'type':'number'},{'type':'integer'}]}",
                "{'type':'number','allOf':[{'$ref':'#/$defs/n'}],'$defs':{'n':{'type':'integer'}}}",
                "{'if':{'type':'integer'},'then':{'minimum':-9},'else':false}",
                "{'not':{'not':{'type':'integer'}}}",
                "{'multipleOf':1}",
                "{'type':'number','multipleOf':5}",
                "{'type':'number','multipleOf':5.0}",
                "{'multipleOf':1,'type':'number','maximum':5}",
                "{'type':'number','multipleOf':0.5,'allOf':[{'type':'integer'}]}",
                "{'const':5}",
                "{'const':5.0}",
                "{'enum':[5,7,-3]}",
                "{'enum':[5,7,'a',null]}",
                "{'type':'number','const':5}",
                "{'type':'integer','not':{'const':6}}",
                "{'type':'integer','enum':[5,5.5]}",
                "{'anyOf':[{'const':5},{'const':'a'}]}",
                "{'$schema':'http://json-schema.org/draft-04/schema#','type':'integer'}",
                "{'$schema':'http://json-schema.org/draft-07/schema#','type':'integer','exclusiveMinimum':-6}")) {
            check(schema, "5", bad);
        }
        check("{'type':'integer'}", "0 -0 10 -7 1000", "0.0 -0.0 1e2 1E-0 00 -00");
        check("{'type':'integer','minimum':0}", "0 -0 150", "-1 -0.0 0.0");
        check("{'const':0}", "0", "0.0 0e0 -0.0 0e5");
        check("{'const':100}", "100", "1e2 100.0 10e1");
        check("{'type':'integer','minimum':1,'maximum':5}", "1 5", "5.0 1.0 5.00000000000000000000 6 0");
    }

    @Test
    void aNumberMayHaveAFractionAndNoExponent() {
        for (String schema : List.of(
                "{'type':'number'}",
                "{}",
                "{'type':'number','minimum':-1000}",
                "{'type':['number','null']}",
                "{'anyOf':[{'type':'integer'},{'type':'number'}]}",
                "{'type':'number','not':{'const':4}}",
                "{'type':'number','exclusiveMaximum':100}")) {
            check(schema, "5 5.0 19.90 -0.25 0 0.0 -12.500", "5e0 1E2 1.5e-3 5. .5 05.0 1.0e0 NaN");
        }
        check("{'type':'number','minimum':0,'maximum':1}", "0 1 0.0 1.0 1.00 0.5 0.125", "1e0 5e-1 1.01");
        check("{'enum':[1,2.5]}", "1 1.0 2.5 2.50", "1e0 25e-1 2");
        check("{'multipleOf':0.01}", "19.90 19.9 5 5.00", "19.901 1e0");
        check("{'multipleOf':0.5,'type':'number'}", "1 1.0 1.5 -0.5", "1.25 15e-1");
        check("{'type':'number','not':{'type':'integer'}}", "1.5 0.25", "1 1.0 0.0 15e-1");
        check("{'oneOf':[{'type':'integer'},{'type':'number','minimum':10}]}", "5 10.5", "10 10.0 5.0 5.5 12");
        check("{'anyOf':[{'type':'integer','minimum':10},{'type':'number','maximum':5}]}", "12 5.0 4.5", "12.0 7");
    }

    @Test
    void integersAreOf64BitsWhereTheSchemaAsksForNoMore() {
        check(
                "{'type':'integer'}",
                MAX + " -" + MAX + " 1234567890123456789",
                "9223372036854775808 9999999999999999999 10000000000000000000 -10000000000000000000");
        check("{'type':'integer','minimum':0}", MAX, "9223372036854775808");
        check("{'type':'integer','multipleOf':7}", "9223372036854775807 7", "9223372036854775814");
        check("{'type':'integer','multipleOf':86400}", "86400 -86400000000", "86400000000000000000 86400.0");
        check("{'type':'number'}", MAX + ".5", "9223372036854775808.5");
        check(
                "{'type':'integer','minimum':-9223372036854775808,'maximum':9223372036854775807}",
                MAX + " -9223372036854775808",
                "9223372036854775808 -9223372036854775809 1.0");
        check("{'type':'integer','maximum':18446744073709551615}", "18446744073709551615 0", "18446744073709551616");
    }

    @Test
    void fractionsEnd() {
        check(
                "{'type':'number'}",
                "0.12345678901234567 1.00000000000000000",
                "0.123456789012345678 1.000000000000000000");
        check("{}", "0.12345678901234567", "0.123456789012345678");
        check("{'type':'number','minimum':1,'maximum':150}", "150.00000000000000000", "150.000000000000000000");
        check("{'multipleOf':0.01}", "0.10000000000000000", "0.100000000000000000");
    }

    @Test
    void boundsGiveWayToWhatTheSchemaAsksFor() {
        String far = "1" + "0".repeat(30);
        check("{'const':" + far + "}", far, far + "0");
        check("{'const':1e30}", far, "1e30");
        check("{'enum':[1e30,1]}", far + " 1", "");
        check("{'type':'integer','minimum':1e30}", far + " 9" + far.substring(1), far + "0");
        check("{'type':'integer','exclusiveMinimum':" + "9".repeat(30) + "}", far, "9".repeat(30));
        check("{'type':'integer','maximum':1e30}", far + " 1", far.substring(0, 30) + "1");
        check("{'type':'integer','multipleOf':1e30}", far + " 0 2" + far.substring(1), "1");
        check("{'type':'number','const':1e-25}", "0." + "0".repeat(24) + "1", "1e-25");
        check("{'type':'number','multipleOf':1e-25}", "0." + "0".repeat(24) + "7", "0." + "0".repeat(25) + "7");
        check("{'type':'number','exclusiveMinimum':0,'maximum':1e-25}", "0." + "0".repeat(24) + "1", "0");
        check(
                "{'type':'number','exclusiveMinimum':0.99999999999999999,'exclusiveMaximum':1}",
                "0.999999999999999995",
                "1 0.99999999999999999");
        check(
                "{'allOf':[{'multipleOf':1000000007},{'multipleOf':998244353},{'multipleOf':1000000009},"
                        + "{'exclusiveMinimum':0}]}",
                "998244368971909710889394239",
                "0");
        check(
                "{'type':'array','uniqueItems':true,'minItems':7,'items':{'multipleOf':1e18,'type':'integer'}}",
                "[0,1" + "0".repeat(18) + ",2" + "0".repeat(18) + ",3" + "0".repeat(18) + ",4" + "0".repeat(18) + ",5"
                        + "0".repeat(18) + ",6" + "0".repeat(18) + "]",
                "[]");
    }

    @Test
    void boundsThatLeaveNoValueAreDropped() {
        // only as many numbers of so many digits are there as items are asked for, less some
        String schema = "{'type':'array','uniqueItems':true,'minItems':22,"
                + "'items':{'type':'integer','multipleOf':1e3,'minimum':0}}";
        GenerationBounds few = GenerationBounds.NONE.withDigits(4, 1);
        Recogniser all = Recogniser.of(schema.replace('\'', '"'), SchemaOptions.DEFAULT.withBounds(few));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < 22; i++) {
            items.add(i == 0 ? "0" : i + "000");
        }
        assertTrue(all.accepts("[" + String.join(",", items) + "]"));
    }

    /** A model that always prefers the digit 0, or the point, comes to an end. */
    @Test
    void noLoopOfDigitsHasNoEnd() {
        for (String schema : List.of(
                "{'type':'integer'}",
                "{'type':'number'}",
                "{}",
                "{'type':'integer','minimum':1,'maximum':5}",
                "{'type':'integer','minimum':1}",
                "{'type':'number','minimum':0}",
                "{'type':'number','exclusiveMaximum':0}",
                "{'type':'integer','multipleOf':3}",
                "{'type':'integer','multipleOf':123457}",
                "{'type':'number','multipleOf':0.05}",
                "{'type':'number','multipleOf':123456789.0123456789}",
                "{'enum':[1,150,2.5]}",
                "{'type':'number','not':{'type':'integer'}}",
                "{'type':'number','minimum':1e25}",
                "{'anyOf':[{'type':'integer'},{'type':'number','minimum':10}]}")) {
            for (String wish : List.of("1.0", "10.", "9", "-01.", "50.", "-.0123456789", "1e0.")) {
                Recogniser recogniser = Recogniser.of(schema.replace('\'', '"'));
                StackSet set = StackSet.of(recogniser.start());
                StringBuilder text = new StringBuilder();
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = false;
                    for (char c : (text.length() == 0 ? wish + "123456789-" : wish.substring(1) + wish + "0123456789.")
                            .toCharArray()) {
                        StackSet next = recogniser.stepper().step(set, c);
                        if (!next.isEmpty()) {
                            set = next;
                            text.append(c);
                            goesOn = true;
                            break;
                        }
                    }
                    assertTrue(text.length() < 64, () -> text + " by " + schema);
                }
                assertTrue(recogniser.accepts(text.toString()), () -> text + " by " + schema);
                assertFalse(new BigDecimal(text.toString()).toString().isEmpty());
            }
        }
    }

    @Test
    void anySpellingAndLengthStayOptions() {
        SchemaOptions any = SchemaOptions.DEFAULT.withNumberSpelling(NumberSpelling.ANY);
        for (String text : List.of("5.0", "5e0", "6e99999999", "5.00000000000000000000", "1" + "0".repeat(50))) {
            assertTrue(Recogniser.of("{\"type\":\"integer\"}", any).accepts(text), text);
            assertTrue(Recogniser.of("{}", any).accepts(text), text);
        }
        SchemaOptions endless = SchemaOptions.DEFAULT.withBounds(GenerationBounds.NONE);
        for (String schema : List.of("{\"type\":\"integer\"}", "{}", "{\"type\":\"integer\",\"multipleOf\":10}")) {
            assertTrue(Recogniser.of(schema, endless).accepts("1" + "0".repeat(50)));
        }
        assertFalse(Recogniser.of("{\"type\":\"integer\"}", endless).accepts("5.0"));
        assertTrue(Recogniser.of("{\"type\":\"number\"}", endless).accepts("5." + "0".repeat(50)));
    }
}
