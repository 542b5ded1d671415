// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends.torch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** What this machine's processor is known to do fast. */
public final class ProcessorFeatures {

    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** The sets of instructions, as Linux names them, with which PyTorch multiplies "brain" floats faster than 32-bit ones. */
    private static final Set<String> BRAIN = Set.of("avx512bw", "avx512_bf16", "amx_bf16", "bf16");

    private ProcessorFeatures() {}

    /** Whether PyTorch multiplies matrices of "brain" floats faster than those of 32-bit floats; false where that is not known. */
    public static boolean multipliesBrainFloats() {
        try {
            String text = Files.readString(DESCRIPTION, StandardCharsets.ISO_8859_1);
            return BLANKS.splitAsStream(text).anyMatch(BRAIN::contains);
        } catch (IOException e) {
            return false;
        }
    }
}
