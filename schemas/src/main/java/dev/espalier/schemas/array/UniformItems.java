// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.array;

import dev.espalier.automata.state.Horizon;
import dev.espalier.core.collect.Memo;
import dev.espalier.schemas.characters.JsonTexts;
import dev.espalier.schemas.item.Endlessness;
import dev.espalier.schemas.item.ItemLanguage;
import dev.espalier.schemas.item.SeenItems;
import dev.espalier.schemas.json.JsonType;
import dev.espalier.schemas.value.Core;
import dev.espalier.schemas.value.Goal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Proofs that all items from one on are asked alike and never run out, so that the items before matter to an item only where all of it is
 * equal to one of them. Guarded by the language's lock.
 */
final class UniformItems {

    private static final int MAX_REMEMBERED = 1 << 12;

    /** Stands for: the items have different demands, or may run out. */
    static final int VARIOUS = -1;

    /** The bytes with which values begin. */
    private static final String BEGINS = "\"[{-0123456789tfn";

    private static final String DIGITS = "0123456789";

    /** The end of a string and what follows it. */
    private static final String END_OF_TEXT = "\",";

    /** The number of answers cached by horizon: each keeps its horizon alive, and so all tokens of a vocabulary. */
    private static final int MAX_APART = 64;

    /** Items that are looked at one after the other. */
    private static final int MAX_ALIKE = 256;

    private final ArrayItems frame;
    private final ItemLanguage language;
    private final DistinctItems items;
    private final Map<List<Object>, Integer> alike = new HashMap<>();
    /** By types, ends and horizons: few of the first two. */
    private final Memo<List<Object>, Boolean> apart = new Memo<>(MAX_APART);

    UniformItems(ArrayItems frame, DistinctItems items) {
        this.frame = frame;
        this.language = frame.language();
        this.items = items;
    }

    /** As {@link DistinctItems#typesOfAlike}. */
    int types(Core core, int index) {
        if (alike.size() >= MAX_REMEMBERED) {
            alike.clear();
        }
        List<List<Object>> way = new ArrayList<>();
        Integer found = null;
        try {
            found = findTypes(core, index, way);
        } finally {
            for (List<Object> place : way) {
                if (found == null) { // the work was ended
                    alike.remove(place);
                } else {
                    alike.put(place, found);
                }
            }
        }
        return found;
    }

    private int findTypes(Core core, int index, List<List<Object>> way) {
        Core at = core;
        int next = index;
        int types = 0;
        Integer known = alike.get(List.of(at, next));
        while (known == null) {
            way.add(List.of(at, next));
            alike.put(List.of(at, next), VARIOUS); // where items contain such arrays, for these
            List<ItemOptions.Choice> choices =
                    items.matters(at) ? items.options(at, next, SeenItems.NONE).choices() : List.of();
            Goal goal = choices.isEmpty()
                    ? null
                    : items.options(at, next, SeenItems.NONE).goal();
            if (goal == null) {
                known = types;
            } else if (way.size() > MAX_ALIKE || !isSimple(choices, goal)) {
                known = VARIOUS;
            } else {
                types |= language.endless().types(goal);
                Core after = choices.get(0).after();
                boolean again = after.equals(at) && frame.next(next) == next;
                at = after;
                next = frame.next(next);
                known = again ? (Integer) types : alike.get(List.of(at, next));
            }
        }
        return known == VARIOUS ? VARIOUS : known | types;
    }

    private boolean isSimple(List<ItemOptions.Choice> choices, Goal goal) {
        ItemOptions.Choice choice = choices.get(0);
        Endlessness endless = language.endless();
        return choices.size() == 1
                && choice.fresh()
                && items.repeated(choice.after()).isDead()
                && endless.isEndless(goal)
                && endless.hasOnlyEndlessTexts(goal)
                && endless.hasOnlyEndlessObjects(goal)
                && endless.hasOnlyEndlessArrays(goal);
    }

    /**
     * Whether no text goes on, from the end of an item, into a beginning of another one that may be equal to one before, strings
     * apart, even behind strings. Objects are not within their first key, arrays are not behind their opening bracket, numbers
     * not behind their sign.
     */
    boolean areApart(int types, String end, Horizon horizon) {
        return apart.get(List.of(types, end, horizon), asked -> {
            JsonTexts texts = JsonTexts.of(horizon);
            boolean passesText =
                    (types & 1 << JsonType.STRING.ordinal()) != 0 && texts.longestWith(end + "\"" + END_OF_TEXT) > 0;
            boolean signed = (types & Endlessness.FINITE_NEGATIVES) == 0
                    || !(texts.hasRun(end + "-") || (passesText && texts.hasRun(END_OF_TEXT + "-")));
            if (!signed) {
                return false;
            }
            for (JsonType next : JsonType.values()) {
                boolean isAsked = (types & 1 << next.ordinal()) != 0;
                if (isAsked && (comes(next, end, texts) || (passesText && comes(next, END_OF_TEXT, texts)))) {
                    return false;
                }
            }
            return true;
        });
    }

    private static boolean comes(JsonType next, String end, JsonTexts texts) {
        return switch (next) {
            case STRING -> false;
            case OBJECT -> texts.hasRun(end + "{") && (texts.longestWith(end + "{:") > 0 || texts.hasRun(end + "{}"));
            case ARRAY ->
                texts.hasRun(end + "[") && ("]" + BEGINS).chars().anyMatch(c -> texts.hasRun(end + "[" + (char) c));
            case NUMBER ->
                DIGITS.chars().anyMatch(c -> texts.hasRun(end + (char) c) || texts.hasRun(end + "-" + (char) c));
            case NULL -> texts.hasRun(end + "n");
            case TRUE -> texts.hasRun(end + "t");
            case FALSE -> texts.hasRun(end + "f");
        };
    }
}
