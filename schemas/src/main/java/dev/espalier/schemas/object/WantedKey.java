package dev.espalier.schemas.object;

import dev.espalier.core.error.Place;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.atom.Atom;
import dev.espalier.schemas.atom.KeySet;
import dev.espalier.schemas.document.Keyword;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.value.Core;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that must come in an object, of a language that no automaton has: one that is no regular expression, say. Until it has
 * come, each key is read twice at the same time: as any key, after which it is still wanted, and as the one that is wanted, after which
 * the object is one of which nothing of the kind is asked.
 *
 * @param filter lets pass the keys that are wanted
 * @param rest what is left to decide once such a key has come
 * @param frame the objects where it has
 */
record WantedKey(KeyFilter filter, Core rest, ObjectFrame frame) {

    /**
     * What a core wants.
     *
     * @return null if it wants no such key
     * @throws UnsupportedFeatureException if it wants several
     */
    static @Nullable WantedKey of(ObjectLanguage language, Core core, List<String> declaredNames) {
        KeySet.Reading keys = null;
        Core rest = core;
        for (int atom = core.wanted().next(0); atom >= 0; atom = core.wanted().next(atom + 1)) {
            if (language.atoms().get(atom) instanceof Atom.Members members
                    && members.keys() instanceof KeySet.Reading reading) {
                if (keys != null) {
                    throw new UnsupportedFeatureException(
                            Keyword.PROPERTY_NAMES.text(),
                            "that several keys are each not of a language that no automaton has, such as the format regex, "
                                    + "cannot be asked for",
                            Place.UNKNOWN);
                }
                keys = reading;
                rest = rest.decided(language.diagrams(), atom, true);
            }
        }
        if (keys == null) {
            return null;
        }
        List<KeySet.Reading> wrong = new ArrayList<>(ObjectFrame.readings(language, rest));
        wrong.add(keys.complement(language.budget()));
        KeyFilter filter = KeyFilter.of(wrong, language.budget(), language.deadline());
        return new WantedKey(filter, rest, new ObjectFrame(language, rest, declaredNames));
    }

    /** The state behind the quotation mark of the key. */
    FilteredKeyState start(Core core, UsedKeys used) {
        return FilteredKeyState.start(frame.search(core, used), filter);
    }
}
