// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.jsonschemabench.judge.KnownDisputes;
import dev.espalier.jsonschemabench.run.LatencyHistogram;
import dev.espalier.jsonschemabench.unseen.input.Json;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Kind;
import dev.espalier.jsonschemabench.unseen.input.UnseenInput.Reading;
import dev.espalier.jsonschemabench.unseen.trial.Fault;
import dev.espalier.jsonschemabench.unseen.trial.Split;
import dev.espalier.jsonschemabench.unseen.trial.TrialRequest;
import dev.espalier.jsonschemabench.unseen.trial.TrialResult;
import dev.espalier.jsonschemabench.unseen.trial.TrialSettings;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Faults planted in a machine that is none are made small. */
class ReductionTest {

    private static final UnseenSettings SETTINGS =
            new UnseenSettings(1, 1, 64, new TrialSettings(1000, 1000, 10, 1, 1000), 3000, 600_000);
    private static final JsonNode NONE = new LatencyHistogram().toJson();

    private static TrialResult result(List<Fault> faults, List<Split> splits, long longest) {
        return new TrialResult(
                "0", "compiled", "", 0, 0, NONE, NONE, NONE, 0, longest, "[", 0, 0, 0, List.of(), faults, splits);
    }

    private static UnseenInput input(Kind kind, String tree, String... texts) {
        return new UnseenInput("0", kind, Reading.CHECKING, Json.read(tree), List.of(texts), List.of(), 1);
    }

    private static Reduction reduction(Function<TrialRequest, TrialResult> machine) {
        return new Reduction(SETTINGS, machine, KnownDisputes.read());
    }

    @Test
    void aFaultOfASchemaKeepsItsKindAndCode() {
        Fault fault = new Fault(Fault.Kind.LATE_ERROR, "limit maxExponent", "Reader.number", "", "[0,0e");
        Fault other = new Fault(Fault.Kind.LATE_ERROR, "limit maxIrNodes", "Reader.number", "", "[");
        Reduced small = reduction(request -> result(
                        request.source().contains("uniqueItems") ? List.of(other, fault) : List.of(other),
                        List.of(),
                        0))
                .of(
                        "f",
                        input(
                                Kind.SCHEMA,
                                "{\"$schema\":\"s\",\"properties\":{\"a\":{\"uniqueItems\":true,\"items\":{\"type\":\"number\"}}}}"),
                        fault);
        assertEquals("{\"$schema\":\"s\",\"uniqueItems\":true}", small.source());
        assertEquals("[0,0e", small.text());
    }

    @Test
    void grammarsAreMadeSmallAsTrees() {
        Fault fault = new Fault(Fault.Kind.OVERRUN, "mask", "", "", "a");
        Reduced small = reduction(request -> result(
                        request.source().matches("(?s)root ::= .*\\[a-f].*") ? List.of(fault) : List.of(),
                        List.of(),
                        0))
                .of(
                        "f",
                        input(
                                Kind.GRAMMAR,
                                "{\"rules\":{\"root\":{\"seq\":[{\"text\":\"abc\"},{\"times\":[{\"chars\":\"af\"},3,90]}]},"
                                        + "\"r1\":{\"text\":\"x\"}}}"),
                        fault);
        assertEquals("root ::= [a-f]\n", small.source());
    }

    @Test
    void aDisputeThatIsKnownIsExplained() {
        Reduced small = reduction(request -> {
                    boolean differs = request.source().contains("\"format\":\"time\"")
                            && request.texts().get(0).contains("\"03:04:05\"");
                    List<Split> splits = List.of(
                            new Split("dev.harrel", true, "", request.texts().get(0)));
                    return result(List.of(), differs ? splits : List.of(), 0);
                })
                .of(
                        "d",
                        input(
                                Kind.SCHEMA,
                                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"maxLength\":9,\"format\":\"time\"}"),
                        new Split("dev.harrel", true, "", "[\"03:04:05\"]"));
        assertEquals("time-without-offset", explanation(small), small.toString());
    }

    private static String explanation(Reduced small) {
        // the array of the text stays, as nothing said of it makes it smaller; the row is about the string alone
        return KnownDisputes.read()
                .of(
                        "dev.harrel",
                        true,
                        "draft-07",
                        small.source().replaceAll("\"\\$schema\":\"[^\"]*\",", ""),
                        "\"03:04:05\"")
                .orElse("");
    }

    @Test
    void aSlowSchemaStaysSlow() {
        Reduced small = reduction(request ->
                        result(List.of(), List.of(), request.source().contains("multipleOf") ? 60_000_000 : 1_000))
                .slow(
                        input(
                                Kind.SCHEMA,
                                "{\"$schema\":\"s\",\"items\":{\"multipleOf\":7,\"type\":\"integer\"},\"minItems\":2}"),
                        result(List.of(), List.of(), 100_000_000));
        assertTrue(small.source().startsWith("{\"$schema\":\"s\",\"multipleOf\":"), small.source());
        assertEquals(60_000, small.micros());
    }
}
