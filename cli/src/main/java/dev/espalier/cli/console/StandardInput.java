// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.console;

import dev.espalier.core.error.InvalidInputException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input, which can be read as a whole once: a second reader would find it empty. */
final class StandardInput extends FilterInputStream {

    private boolean taken;

    StandardInput(InputStream in) {
        super(in);
    }

    /**
     * All of it, or as many bytes as asked for.
     *
     * @throws InvalidInputException if it was read before
     */
    byte[] take(int most) throws IOException {
        if (taken) {
            throw new InvalidInputException("-: standard input has been read already; name a file");
        }
        taken = true;
        return in.readNBytes(most);
    }
}
