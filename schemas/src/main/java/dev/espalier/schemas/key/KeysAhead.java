package dev.espalier.schemas.key;

/** Which keys may come next, as far as texts can tell that end no key. */
public enum KeysAhead {
    /** No more keys. */
    NONE,
    /** Names, none of which a text goes into. */
    NAMES,
    /** Any text begins a key. */
    ANY
}
