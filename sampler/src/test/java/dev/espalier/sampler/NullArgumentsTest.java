// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.core.Cancellation;
import dev.espalier.mask.CompiledGrammar;
import dev.espalier.sampler.decode.DecodeRequest;
import dev.espalier.sampler.decode.MaskedDecoder;
import dev.espalier.sampler.diffusion.decode.InfillDecoder;
import dev.espalier.sampler.diffusion.layout.CanvasLayout;
import dev.espalier.sampler.diffusion.policy.CommitPolicies;
import dev.espalier.sampler.gap.GappedText;
import dev.espalier.sampler.law.TokenLaw;
import dev.espalier.sampler.sequence.SamplingRun;
import dev.espalier.sampler.sequence.catalogue.Samplers;
import dev.espalier.sampler.sequence.smc.Potential;
import dev.espalier.sampler.sequence.smc.SmcSampler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Arguments that are null are refused by their names. */
class NullArgumentsTest {

    /** Null, for a place where none is allowed. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none() {
        return null;
    }

    @Test
    void nullIsRefusedByName() {
        refuse(
                "prompt",
                () -> DecodeRequest.of(NullArgumentsTest.<int[]>none(), NullArgumentsTest.<CompiledGrammar>none()));
        refuse("grammar", () -> DecodeRequest.of(new int[] {0}, NullArgumentsTest.<CompiledGrammar>none()));
        refuse("forcedText", () -> SamplingParameters.DEFAULT.withForcedText(none()));
        refuse("model", () -> new MaskedDecoder(none()), () -> new InfillDecoder(none()));
        refuse("logits", () -> TokenLaw.ofLogits(none(), 1));
        refuse("text", () -> GappedText.of(none()));
        refuse("segments", () -> new CanvasLayout(none(), List.of()));
        refuse("name", () -> CommitPolicies.parse(none()));
        refuse("predicate", () -> Samplers.awrs(none()));
        refuse("tree", () -> Samplers.masked().sample(none(), 1, SamplingRun.seeded(1)));
        refuse("potential", () -> SmcSampler.DEFAULT.with(NullArgumentsTest.<Potential>none()));
        refuse("cancellation", () -> SamplingRun.seeded(1).with(NullArgumentsTest.<Cancellation>none()));
    }

    private static void refuse(String name, Executable... calls) {
        for (Executable call : calls) {
            assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
        }
    }
}
