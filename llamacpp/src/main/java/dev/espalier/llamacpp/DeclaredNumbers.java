// SPDX-License-Identifier: Apache-2.0
package dev.espalier.llamacpp;

import dev.espalier.backends.gguf.GgufMetadata;
import dev.espalier.backends.gguf.GgufValue;
import dev.espalier.core.error.ModelException;
import java.util.List;

/** Numbers that a file declares of its network. llama.cpp ends the process where these are out of range, so they are looked at first. */
final class DeclaredNumbers {

    private static final int MOST_LAYERS = 512;

    private static final List<String> POSITIVE_OR_ZERO =
            List.of("attention.layer_norm_rms_epsilon", "attention.layer_norm_epsilon", "attention.group_norm_epsilon");

    private DeclaredNumbers() {}

    /**
     * Checks the numbers of a file.
     *
     * @throws ModelException if one is out of range, or the architecture is missing
     */
    static void check(GgufMetadata metadata) {
        String prefix = metadata.get("general.architecture").text() + ".";
        metadata.find(prefix + "block_count").ifPresent(layers -> layers.integer(1, MOST_LAYERS));
        for (String key : POSITIVE_OR_ZERO) {
            double value = metadata.find(prefix + key).map(GgufValue::number).orElse(0.0);
            if (!(value >= 0)) {
                throw new ModelException(metadata.source() + ": key " + prefix + key
                        + ": expected a number that is not negative, found " + value);
            }
        }
    }
}
