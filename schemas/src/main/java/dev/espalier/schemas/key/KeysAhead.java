// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.key;

/** The keys that may come next, as far as a token can see that ends no key. */
public enum KeysAhead {
    /** No more keys. */
    NONE,
    /** Names, none of which a text goes into. */
    NAMES,
    /** Any text begins a key. */
    ANY
}
