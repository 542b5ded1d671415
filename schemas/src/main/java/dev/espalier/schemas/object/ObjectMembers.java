// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.object;

import dev.espalier.automata.state.Horizon;
import dev.espalier.schemas.key.KeyClasses;
import dev.espalier.schemas.key.KeyFilter;
import dev.espalier.schemas.key.KeyTree;
import dev.espalier.schemas.key.UsedKeys;
import dev.espalier.schemas.state.Reach;
import dev.espalier.schemas.state.SchemaState;
import dev.espalier.schemas.value.Child;
import dev.espalier.schemas.value.Core;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members that an object may have: the questions that states inside it ask its frame. Keys are identified by their choice, see
 * {@link ObjectKeys}. Guarded by the language's lock unless a method says otherwise.
 */
public interface ObjectMembers {

    ObjectLanguage language();

    ObjectKeys keys();

    KeyTree tree();

    KeyClasses classes();

    /** The filter that all keys must pass besides the core; null for none. */
    @Nullable
    KeyFilter filter();

    /** The required key of a language that is not regular; null for none. */
    @Nullable
    WantedKey wanted();

    /** The core at the opening brace. */
    Core start();

    /** True if the object has no demands. */
    boolean isFree();

    /** Whether the characters of keys have one spelling each. */
    boolean isShortest();

    /** True if one or two more characters make a key different from all names, and from many used keys. */
    boolean hasFewNames();

    /** The alternatives into which objects are divided after their first key; none if they are not divided. */
    List<? extends ObjectMembers> alternatives();

    /** The search for the keys with which an object can go on. */
    KeySearch search(Core core, UsedKeys used);

    /** The last search, if it is the one asked for and some key is known to be possible; for any thread. */
    @Nullable
    KeySearch known(Core core, UsedKeys used);

    /** The child of a member after which the object can still be completed; null if the key is not possible. */
    @Nullable
    Child live(Core core, UsedKeys used, int choice, String text);

    /** The child of a member with a key of a class: the same for all keys, as long as one is unused. */
    @Nullable
    Child classLive(Core core, UsedKeys used, int keyClass);

    /** The states after a key: several if objects are divided and it was the first. */
    List<MemberState> members(Child child, UsedKeys used, int choice, String key);

    /** The states after a member whose value had a result. */
    List<? extends SchemaState> after(Child child, int result, UsedKeys then);

    /** The result if the object ends now; -1 if it must not. */
    int result(Core core);

    /** The results reachable after a member, with the bytes up to and including the closing brace; each member counts its comma. */
    Reach reach(Core core, UsedKeys used);

    /** The results reachable after a key, without the bytes before the value. */
    Reach reachMember(Child child, UsedKeys used, int choice, String key);

    /** The results reachable from before a value. */
    Reach reachValue(Child child, UsedKeys then);

    /**
     * The limits up to which the identity of used keys, names apart, cannot matter; for any thread. A few horizons alternate: all
     * tokens, those of plain text, all short texts.
     */
    KeyMemory keyMemory(Horizon horizon);

    /**
     * Used keys without those that a slightly longer key can replace: instead of using one of them again, a new one with a few more
     * characters does. The same object if there are none.
     */
    UsedKeys relaxed(UsedKeys used);
}
