// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.schemas.Recogniser;
import dev.espalier.schemas.atom.NumberTest;
import dev.espalier.schemas.number.DecimalLanguage;
import dev.espalier.schemas.number.NumberLanguage;
import dev.espalier.schemas.number.NumberTable;
import dev.espalier.schemas.work.Deadline;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberSpellingTest {

    private static final SchemaOptions ANY = SchemaOptions.DEFAULT.withNumberSpelling(NumberSpelling.ANY);
    private static final List<String> HUNDREDS = List.of(
            "100", "1e2", "1E2", "1e+2", "1.0E+2", "10000e-2", "0.1e3", "0.00100e+05", "100.000", "1000000e-0004");

    private static void check(String schema, SchemaOptions options, List<String> good, List<String> bad) {
        Recogniser recogniser = Recogniser.of(schema, options);
        good.forEach(text -> assertTrue(recogniser.accepts(text), () -> text + " by " + schema));
        bad.forEach(text -> assertFalse(recogniser.accepts(text), () -> text + " by " + schema));
    }

    @Test
    void allSpellingsOfANumberAreThatNumber() {
        for (String schema : List.of(
                "{\"const\":100}",
                "{\"enum\":[1e2,7]}",
                "{\"type\":\"integer\",\"minimum\":100,\"maximum\":1.0e2}",
                "{\"type\":\"number\",\"multipleOf\":100,\"exclusiveMaximum\":101,\"minimum\":1}")) {
            check(
                    schema,
                    ANY,
                    HUNDREDS,
                    List.of("1e1", "1e3", "100.01", "1000e-2", "-1e2", "0e2", "1e-2", "1e2.0", "1e", "01e2"));
        }
    }

    @Test
    void zeroIsZeroInEverySpelling() {
        List<String> zeros = List.of("0", "-0", "0e5", "0.00", "-0.0e-12", "0e999999999999999999999");
        check("{\"const\":0}", ANY, zeros, List.of("1e-400", "0.1", "-1e-9", "1"));
        check("{\"type\":\"number\",\"exclusiveMinimum\":0}", ANY, List.of("1e-400", "0.0001", "5"), zeros);
    }

    @Test
    void integersAreDecidedByValueFromDraft6OnAndByTextInDraft4() {
        List<String> plain = List.of("0", "-0", "12", "-7");
        List<String> marked = List.of("1.0", "1e2", "1.5e1", "100e-2", "0.0", "-2.50E+1", "12000e-3");
        List<String> none = List.of("1.5", "1e-1", "15e-1", "120e-2", "0.5e0", "12000e-4");
        check("{\"type\":\"integer\"}", ANY, plain, none);
        check("{\"type\":\"integer\"}", ANY, marked, none);
        check("{\"type\":\"integer\"}", ANY.withDraft(Draft.DRAFT_4), plain, marked);
        check("{\"type\":\"integer\"}", ANY.withDraft(Draft.DRAFT_4), plain, none);
        check("{\"type\":\"number\",\"not\":{\"type\":\"integer\"}}", ANY.withDraft(Draft.DRAFT_4), marked, plain);
        check("{\"type\":\"integer\",\"maximum\":20}", ANY.withDraft(Draft.DRAFT_4), plain, marked);
    }

    @Test
    void noExponentIsTooLarge() {
        String large = "1e1000000000";
        String larger = "1e" + "9".repeat(400);
        String small = "1e-" + "9".repeat(400);
        check(
                "{\"type\":\"integer\",\"multipleOf\":0.5}",
                ANY,
                List.of("1e308", large, larger),
                List.of(small, "25e-2"));
        check("{\"type\":\"number\",\"maximum\":3}", ANY, List.of(small, "-" + larger), List.of(large, larger));
        check(
                "{\"type\":\"number\",\"multipleOf\":3}",
                ANY,
                List.of("6" + larger.substring(1)),
                List.of(large, larger));
        String long1 = "1" + "0".repeat(3000) + "e-";
        check("{\"const\":1}", ANY, List.of(long1 + "3000"), List.of(long1 + "2999", long1 + "3001"));
    }

    @Test
    void multiplesOfAnySizeAreExact() {
        String step = "123456789.0123456789";
        String twice = "246913578.0246913578";
        String off = "246913578.0246913577";
        for (SchemaOptions options : List.of(ANY, SchemaOptions.DEFAULT)) {
            check(
                    "{\"type\":\"number\",\"multipleOf\":" + step + "}",
                    options,
                    List.of(step, twice, "0", "-" + twice + "00"),
                    List.of(off, "1"));
            check(
                    "{\"type\":\"number\",\"minimum\":200000000,\"maximum\":300000000,\"multipleOf\":" + step + "}",
                    options,
                    List.of(twice),
                    List.of(step, off, "0", "2", "250000000"));
            check(
                    "{\"type\":\"number\",\"multipleOf\":1e40}",
                    options,
                    List.of("3" + "0".repeat(40), "0"),
                    List.of("3" + "0".repeat(39), "1"));
            check(
                    "{\"type\":\"number\",\"multipleOf\":1e-30}",
                    options,
                    List.of("0." + "0".repeat(29) + "7"),
                    List.of("0." + "0".repeat(30) + "7"));
            assertThrows(
                    UnsatisfiableException.class,
                    () -> Recogniser.of(
                            "{\"type\":\"number\",\"exclusiveMinimum\":0,\"exclusiveMaximum\":" + step
                                    + ",\"multipleOf\":" + step + "}",
                            options));
        }
        check(
                "{\"type\":\"number\",\"multipleOf\":" + step + "}",
                ANY,
                List.of("1234567890123456789e-10", "2.469135780246913578e8"),
                List.of("1234567890123456789e-11"));
    }

    @Test
    void combinationsWithMultiplesAreExact() {
        String schema =
                "{\"oneOf\":[{\"type\":\"number\",\"multipleOf\":1000000007},{\"type\":\"number\",\"multipleOf\":998244353},"
                        + "{\"const\":998244353000}],\"not\":{\"const\":2000000014}}";
        for (SchemaOptions options : List.of(ANY, SchemaOptions.DEFAULT)) {
            check(
                    schema,
                    options,
                    List.of("1000000007", "998244353", "-2000000014"),
                    List.of("0", "2000000014", "998244353000", "5"));
        }
    }

    @Test
    void plainNumbersHaveNoExponent() {
        check(
                "{\"type\":\"number\",\"minimum\":1}",
                SchemaOptions.DEFAULT,
                List.of("1", "1.50", "100"),
                List.of("1e2", "1.5E1"));
    }

    @Test
    void boundsWithLargeExponentsBesideMultiplesAreExact() {
        String zeros = "0".repeat(400);
        check(
                "{\"type\":\"number\",\"exclusiveMinimum\":1e400,\"not\":{\"multipleOf\":1}}",
                SchemaOptions.DEFAULT,
                List.of("1" + zeros + ".5", "2" + zeros + ".01"),
                List.of("1" + zeros + "0", "1" + zeros + ".0", "99.5"));
        check(
                "{\"type\":\"number\",\"maximum\":-1E+400,\"not\":{\"multipleOf\":1}}",
                ANY,
                List.of("-1" + zeros + ".5", "-1" + zeros + "5e-1"),
                List.of("-1e400", "-1e401", "-0.5"));
        check(
                "{\"type\":\"number\",\"multipleOf\":1e-9999,\"not\":{\"multipleOf\":1e-9000}}",
                ANY,
                List.of("1e-9999", "3e-9001"),
                List.of("1e-9000", "1", "1e-10000"));
        check(
                "{\"type\":\"number\",\"minimum\":1e400,\"maximum\":1e401,\"multipleOf\":7.25,\"not\":{\"multipleOf\":5}}",
                SchemaOptions.DEFAULT,
                List.of("725" + "0".repeat(397) + "7.25"),
                List.of("725" + "0".repeat(398), "7.25"));
    }

    @Test
    void longTextsAreReadInReasonableTime() {
        String digits = "7".repeat(9_000);
        check(
                "{\"type\":\"integer\",\"minimum\":1}",
                ANY,
                List.of(digits, "1" + "0".repeat(9_000)),
                List.of("-" + digits));
        check(
                "{\"type\":\"number\",\"multipleOf\":7,\"minimum\":1}",
                ANY,
                List.of(digits, digits + "0e-1"),
                List.of(digits + "1"));
        check(
                "{\"type\":\"number\",\"maximum\":0.125}",
                ANY,
                List.of("0.125" + "0".repeat(9_000)),
                List.of("0.125" + "0".repeat(9_000) + "1"));
        check(
                "{\"type\":\"number\",\"multipleOf\":1e3000}",
                SchemaOptions.DEFAULT,
                List.of("1" + "0".repeat(3000)),
                List.of("1" + "0".repeat(2999)));
    }

    @Test
    void tablesAndArithmeticAgreeOnWhatIsInReach() {
        for (List<NumberTest> tests : List.of(
                List.<NumberTest>of(new NumberTest.AtLeast(new java.math.BigDecimal("12.5"))),
                List.<NumberTest>of(
                        new NumberTest.MultipleOf(new java.math.BigDecimal("0.25")), new NumberTest.Integral(false)))) {
            NumberLanguage table =
                    NumberTable.build(tests, holds -> holds[0] ? holds.length > 1 && holds[1] ? 2 : 1 : 0);
            NumberLanguage sums = DecimalLanguage.of(
                    tests,
                    holds -> holds[0] ? holds.length > 1 && holds[1] ? 2 : 1 : 0,
                    false,
                    Limits.DEFAULT,
                    new Deadline(WorkBudget.standard()));
            assertEquals(table.reach(), sums.reach());
        }
    }
}
