// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.maskbench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.jsonschemabench.corpus.BenchSchema;
import dev.espalier.jsonschemabench.run.ByteTokens;
import dev.espalier.jsonschemabench.run.SchemaOutcome.Status;
import dev.espalier.jsonschemabench.run.TokenSteps;
import dev.espalier.mask.vocabulary.TextEncoder;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several readings of one schema, each by an engine of its own. */
class SchemaTrialTest {

    private static final BenchSchema SOURCE = new BenchSchema(
            "a---b",
            "{\"type\": \"string\", \"pattern\": \"^[^z]+z[a-y]{3,9}$\"}",
            List.of(new BenchSchema.Instance(true, "\"abc zxyw\""), new BenchSchema.Instance(false, "\"abcxyw\"")));

    /** All bytes, and all words of three letters, so that some masks are worth keeping. */
    private static final Vocabulary VOCABULARY = vocabulary();

    private static Vocabulary vocabulary() {
        Vocabulary.Builder builder = ByteTokens.builder();
        int id = 256;
        for (int word = 0; word < 26 * 26 * 26; word++) {
            builder.token(id++, "" + letter(word / 676) + letter(word / 26) + letter(word));
        }
        return builder.special(id, "<end>").endIds(id).build();
    }

    private static char letter(int number) {
        return (char) ('a' + number % 26);
    }

    private static Protocol protocol(TextEncoder encoder) {
        return new Protocol(VOCABULARY, encoder, SchemaOptions.DEFAULT, InstanceText.OFFICIAL);
    }

    private static SchemaResult run(Protocol protocol, Engine... engines) {
        return new SchemaTrial(List.of(engines), protocol).run(SOURCE, new Cancellation());
    }

    @Test
    void noReadingFindsWhatAnotherOneHasMade() {
        Protocol protocol = protocol(ByteTokens::of);
        SchemaResult once = run(protocol, protocol.engine());
        assertTrue(once.passes());
        assertTrue(once.nodes().all() > 0);
        SchemaResult thrice = run(protocol, protocol.engine(), protocol.engine(), protocol.engine());
        assertEquals(once.nodes(), thrice.nodes());
        assertEquals(once.tests(), thrice.tests());
        assertEquals(once.steps().mask().count(), thrice.steps().mask().count());
        Engine shared = protocol.engine();
        long known = run(protocol, shared, shared).nodes().all();
        assertTrue(known < once.nodes().all(), known + " of " + once.nodes() + ": with one engine it would be seen");
    }

    @Test
    void numbersAsPythonSpellsThemAreJudgedByTheirValue() {
        BenchSchema source = new BenchSchema(
                "data/One---small.json",
                "{\"type\":\"number\",\"exclusiveMinimum\":0,\"multipleOf\":1e-7}",
                List.of(
                        new BenchSchema.Instance(true, "0.000001"),
                        new BenchSchema.Instance(true, "1e22"),
                        new BenchSchema.Instance(false, "-0.000001")));
        for (InstanceText form : InstanceText.values()) {
            Protocol protocol = new Protocol(VOCABULARY, ByteTokens::of, form.options(), form);
            SchemaResult result = new SchemaTrial(List.of(protocol.engine()), protocol).run(source, new Cancellation());
            assertTrue(result.passes(), result.toJson());
        }
    }

    @Test
    void readingsThatJudgeDifferentlyAreAnError() {
        AtomicInteger encoded = new AtomicInteger();
        Protocol protocol = protocol(text -> ByteTokens.of(encoded.getAndIncrement() < 2 ? text : "\"no\""));
        SchemaResult result = run(protocol, protocol.engine(), protocol.engine());
        assertEquals(Status.ERROR, result.schema().status());
        assertTrue(result.schema().reasons().get(0).reason().contains("judged otherwise"), result.toJson());
    }

    @Test
    void masksThatVisitVeryManyNodesAreCounted() {
        TokenSteps steps = new TokenSteps();
        steps.add(1, 1, 200_000);
        steps.add(1, 1, 200_001);
        steps.add(1, 1, 0);
        assertEquals(new TrieNodes(400_101, 200_001, 1), TrieNodes.of(100, steps));
        assertEquals(
                new TrieNodes(700_101, 300_000, 2), TrieNodes.of(100, steps).plus(new TrieNodes(300_000, 300_000, 1)));
        assertEquals(new TrieNodes(700_001, 300_000, 2), TrieNodes.of(300_000, steps));
    }
}
