package dev.espalier.schemas.object;

import dev.espalier.automata.Horizon;
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
 * The members that an object may have: what the states within it ask of its frame. A key is spoken of by its choice, as
 * {@link ObjectKeys} has it. Guarded by the language's lock but where a method says otherwise.
 */
public interface ObjectMembers {

    ObjectLanguage language();

    ObjectKeys keys();

    KeyTree tree();

    KeyClasses classes();

    /** What all keys must pass beside what is left to decide; null for nothing. */
    @Nullable
    KeyFilter filter();

    /** A key of no regular language that must come; null for none. */
    @Nullable
    WantedKey wanted();

    /** What is left to decide at the opening brace. */
    Core start();

    /** Whether nothing is asked of the object. */
    boolean isFree();

    /** Whether the characters of keys have one spelling each. */
    boolean isShortest();

    /** Whether one or two more characters make a key different from all names, and from many others. */
    boolean hasFewNames();

    /** The alternatives that objects are taken apart in from their first key on; none where they are not. */
    List<? extends ObjectMembers> alternatives();

    /** The keys that an object can go on with. */
    KeySearch search(Core core, UsedKeys used);

    /** The keys that an object can go on with, if they were asked for last and some key is known to be possible; for any thread. */
    @Nullable
    KeySearch known(Core core, UsedKeys used);

    /** What a member asks so that the object can still be completed; null where the key is not possible. */
    @Nullable
    Child live(Core core, UsedKeys used, int choice, String text);

    /** What a member with a key of a class asks: the same whatever the key, as long as some key is left. */
    @Nullable
    Child classLive(Core core, UsedKeys used, int keyClass);

    /** The states behind a key: several where objects are taken apart and it was the first. */
    List<MemberState> members(Child child, UsedKeys used, int choice, String key);

    /** The states behind a member, by the result of its value. */
    List<? extends SchemaState> after(Child child, int result, UsedKeys then);

    /** The result if the object ends now; -1 if it must not. */
    int result(Core core);

    /** What can be reached behind a member: bytes to and with the closing brace, each member with its comma. */
    Reach reach(Core core, UsedKeys used);

    /** What can be reached from behind a key on, without the bytes before the value. */
    Reach reachMember(Child child, UsedKeys used, int choice, String key);

    /** What can be reached from before a value on. */
    Reach reachValue(Child child, UsedKeys then);

    /**
     * Until where keys that were used and are no names are told apart by nothing; for any thread. A few horizons are asked for in turn:
     * all tokens, those of plain text, all short texts.
     */
    KeyMemory keyMemory(Horizon horizon);

    /**
     * Used keys without those that any longer text is like: where one of them is used again, a fresh one with a few more
     * characters does as well. The very same if there are none.
     */
    UsedKeys relaxed(UsedKeys used);
}
