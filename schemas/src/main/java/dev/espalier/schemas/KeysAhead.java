package dev.espalier.schemas;

/** Which keys may come next, as far as texts can tell that end no key. */
enum KeysAhead {
    /** No more keys. */
    NONE,
    /** Names, none of which a text goes into. */
    NAMES,
    /** Any text begins a key. */
    ANY
}
