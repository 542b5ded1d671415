// SPDX-License-Identifier: Apache-2.0
package dev.espalier.automata.state;

import java.util.List;

/** What a state within an object, outside of keys and values, knows of the keys that may still come. Immutable; thread-safe. */
public interface MemberView {

    /** The keys that the object's schema names, each once: one and the same list for all states of a frame. */
    List<String> names();

    /**
     * Whether a key can no longer come, whatever follows. Keys that were written cannot. Cost: the length of the key.
     *
     * @return true only if it is one of the names, and that is certain
     */
    boolean isPassed(String key);
}
