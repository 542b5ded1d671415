// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.contract;

import dev.espalier.sampler.Session;
import java.util.Arrays;

/** A session with the tokens that it should hold. */
record TrackedSession(Session session, int[] read) {

    /** The same after more tokens. */
    TrackedSession with(int[] more) {
        int[] all = Arrays.copyOf(read, read.length + more.length);
        System.arraycopy(more, 0, all, read.length, more.length);
        return new TrackedSession(session, all);
    }
}
