// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.error.UnsupportedFeatureException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds are known by the structs of defaults that they give, value for value, and others are refused. */
class KnownBuildTest {

    private static StructBytes model(KnownBuild build) {
        return build.model().defaults();
    }

    private static StructBytes context(KnownBuild build) {
        return build.context().defaults();
    }

    private static KnownBuild of(KnownBuild build, StructBytes model, StructBytes context) {
        return KnownBuild.of("libllama.so", model, context, build.memory().names()::contains);
    }

    private static String refusal(KnownBuild build, StructBytes model, StructBytes context) {
        UnsupportedFeatureException refused =
                assertThrows(UnsupportedFeatureException.class, () -> of(build, model, context));
        assertEquals("libllama.so", refused.place().source());
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void aBuildIsKnownByItsDefaults(KnownBuild build) {
        assertEquals(build, of(build, model(build), context(build)));
    }

    @ParameterizedTest
    @EnumSource
    void aDefaultThatIsAnotherIsNamed(KnownBuild build) {
        StructBytes other = context(build);
        build.context().set(other.bytes(), "n_ubatch", 511);
        String message = refusal(build, model(build), other);
        assertTrue(
                message.contains("for " + build.title() + ", llama_context_params.n_ubatch is 511 instead of 512"),
                message);
    }

    @ParameterizedTest
    @EnumSource
    void aLongerStructIsNamed(KnownBuild build) {
        StructBytes longer = model(build);
        longer.bytes().putLong(build.model().size(), 0);
        String message = refusal(build, longer, context(build));
        int size = build.model().size();
        assertTrue(message.contains("llama_model_params has " + (size + 8) + " bytes instead of " + size), message);
    }

    @ParameterizedTest
    @EnumSource
    void functionsThatAreMissingAreNamed(KnownBuild build) {
        String message = String.valueOf(assertThrows(
                        UnsupportedFeatureException.class,
                        () -> KnownBuild.of(
                                "libllama.so", model(build), context(build), "llama_kv_cache_seq_rm"::equals))
                .getMessage());
        assertTrue(
                message.contains("for " + build.title() + ", there is no function "
                        + build.memory().copy()),
                message);
        assertTrue(message.contains("It exports llama_kv_cache_seq_rm."), message);
    }
}
