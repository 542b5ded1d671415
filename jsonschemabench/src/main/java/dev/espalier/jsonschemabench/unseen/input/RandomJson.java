// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.unseen.input;

import dev.espalier.jsonschemabench.run.Bundled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON by chance, as recipes say. A recipe is JSON that is made as it stands, but for these:
 *
 * <ul>
 *   <li>{@code "=between 1 9"} is what a source, or the recipe of a name, makes; {@code "=word | pattern"} is one of both, {@code "=below 4
 *       + least"} more than the member {@code least} of an object that is being made. {@code "<=word>s"} is text with such a thing in it;
 *       names may have some, too.
 *   <li>A member {@code "name ?3"} is there once in three times, {@code "name !3"} is missing once in three.
 *   <li>A member {@code "=of"} is an object whose members are added to those so far.
 *   <li><code>{"=one": […]}</code> is one of several, <code>{"=one": {"a 2": …, "b 1": …}}</code> the first twice as often, and
 *       <code>{"=weights": "group", "a": …}</code> as often as {@link Weights} say.
 *   <li><code>{"=many": 5, "=item": …}</code> is an array, and inside of an array these items; with {@code "=name"}, or with names instead of
 *       the number, an object. {@code "=*name"} inside of an array is the items of an array.
 *   <li><code>{"=deep": […, …]}</code> is the first, in which there are fewer of its kind inside each other, or at last the second.
 * </ul>
 *
 * One value, one thread.
 */
public final class RandomJson {

    private static final Pattern HOLE = Pattern.compile("<=([^>]+)>");
    private static final Pattern CHANCE = Pattern.compile("(.+) ([?!])(\\d+)");

    private final JsonNode recipes;
    private final Weights weights;
    private final Dice dice;
    private final Map<String, Function<List<String>, JsonNode>> sources = new HashMap<>();
    private final Map<String, JsonNode> same = new HashMap<>();
    private final Deque<ObjectNode> open = new ArrayDeque<>();
    private int depth;
    private int last;

    /**
     * What makes one value.
     *
     * @param recipes by name, as {@link #recipes} reads them
     * @param weights of groups that recipes name
     * @param depth how many {@code "=deep"} there may be inside each other
     */
    public RandomJson(JsonNode recipes, Weights weights, Dice dice, int depth) {
        this.recipes = recipes;
        this.weights = weights;
        this.dice = dice;
        this.depth = depth;
        source("below", words -> IntNode.valueOf(dice.below(number(words, 0))));
        source("between", words -> IntNode.valueOf(dice.between(number(words, 0), number(words, 1))));
        source("magnitude", words -> IntNode.valueOf(dice.magnitude(number(words, 0), number(words, 1))));
        source("next", words -> IntNode.valueOf(++last));
        source("false", words -> Json.bool(false));
        source("same", words -> made(same, words.get(0)).deepCopy());
        source("own", words -> own(words.get(0)).deepCopy());
        source("some", words -> {
            List<String> names = names(own(words.get(0)));
            names.removeIf(name -> dice.once(2));
            return Json.array(names.stream().map(Json::text).toList());
        });
    }

    /** The recipes of a resource beside a class. */
    public static JsonNode recipes(Class<?> beside, String name) {
        return Json.read(Bundled.text(beside, name));
    }

    /** Adds something that recipes may call by a name, with the words behind it. */
    public RandomJson source(String name, Function<List<String>, JsonNode> source) {
        sources.put(name, source);
        return this;
    }

    /** What a recipe makes, or a source. */
    public JsonNode make(String name) {
        return call(name);
    }

    /** What a recipe makes when so many {@code "=deep"} may be inside each other. */
    JsonNode make(String name, int within) {
        int before = depth;
        depth = within;
        JsonNode made = call(name);
        depth = before;
        return made;
    }

    static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }

    private JsonNode made(Map<String, JsonNode> known, String name) {
        JsonNode before = known.get(name);
        JsonNode value = before == null ? call(name) : before;
        known.put(name, value);
        return value;
    }

    /** The member of the innermost object that is being made and has one. */
    private JsonNode own(String name) {
        return open.stream()
                .filter(object -> object.has(name))
                .findFirst()
                .map(object -> object.path(name))
                .orElse(Json.object());
    }

    private static List<String> names(JsonNode objectOrArray) {
        List<String> names = new ArrayList<>(objectOrArray.propertyNames());
        if (objectOrArray.isArray()) {
            objectOrArray.forEach(name -> names.add(name.asString("")));
        }
        return names;
    }

    private JsonNode call(String calls) {
        String[] sum = dice.one(List.of(calls.split(" \\| "))).split(" \\+ ");
        List<String> words = List.of(sum[0].split(" "));
        Function<List<String>, JsonNode> source = sources.get(words.get(0));
        if (source == null && !recipes.has(words.get(0))) {
            throw new IllegalStateException("no recipe: " + calls);
        }
        JsonNode value =
                source == null ? make(recipes.path(words.get(0))) : source.apply(words.subList(1, words.size()));
        return sum.length == 1
                ? value
                : IntNode.valueOf(value.asInt() + own(sum[1]).asInt(0));
    }

    private String filled(String text) {
        return HOLE.matcher(text)
                .replaceAll(hole -> Matcher.quoteReplacement(call(hole.group(1)).asString()));
    }

    private JsonNode make(JsonNode recipe) {
        if (recipe.isString()) {
            String text = recipe.asString();
            return text.startsWith("=") ? call(text.substring(1)) : Json.text(filled(text));
        } else if (recipe.isArray()) {
            return array(recipe);
        } else if (recipe.has("=one")) {
            return make(one(recipe.path("=one")));
        } else if (recipe.has("=weights")) {
            return make(recipe.path(weights.choose(recipe.path("=weights").asString(), dice)));
        } else if (recipe.has("=many")) {
            return many(recipe);
        } else if (recipe.has("=deep")) {
            return depth == 0
                    ? make(recipe.path("=deep").path(1))
                    : deeper(recipe.path("=deep").path(0));
        }
        return recipe.isObject() ? object(recipe) : recipe;
    }

    private JsonNode deeper(JsonNode recipe) {
        depth--;
        JsonNode made = make(recipe);
        depth++;
        return made;
    }

    private JsonNode one(JsonNode choices) {
        if (choices.isArray()) {
            return choices.path(dice.below(choices.size()));
        }
        List<JsonNode> all = new ArrayList<>();
        choices.properties().forEach(choice -> {
            int weight = Integer.parseInt(choice.getKey().replaceAll(".* ", ""));
            all.addAll(Collections.nCopies(weight, choice.getValue()));
        });
        return dice.one(all);
    }

    private JsonNode array(JsonNode recipe) {
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode item : recipe) {
            if (item.asString("").startsWith("=*")) {
                call(item.asString().substring(2)).forEach(items::add);
            } else if (item.has("=many")) {
                make(item).forEach(items::add);
            } else {
                items.add(make(item));
            }
        }
        return Json.array(items);
    }

    private JsonNode many(JsonNode recipe) {
        JsonNode count = make(recipe.path("=many"));
        if (count.isNumber() && !recipe.has("=name")) {
            List<JsonNode> items = new ArrayList<>();
            for (int i = count.asInt(); i > 0; i--) {
                items.add(make(recipe.path("=item")));
            }
            return Json.array(items);
        }
        List<String> names = names(count);
        for (int i = count.asInt(0); i > 0; i--) {
            names.add(make(recipe.path("=name")).asString());
        }
        ObjectNode object = Json.object();
        names.forEach(name -> object.set(name, make(recipe.path("=item"))));
        return object;
    }

    private ObjectNode object(JsonNode recipe) {
        ObjectNode object = Json.object();
        open.push(object);
        recipe.properties().forEach(member -> {
            Matcher chance = CHANCE.matcher(member.getKey());
            boolean chanced = chance.matches();
            if (!chanced
                    || dice.once(Integer.parseInt(chance.group(3)))
                            == chance.group(2).equals("?")) {
                String name = chanced ? chance.group(1) : member.getKey();
                JsonNode value = make(member.getValue());
                if (name.startsWith("=of")) {
                    value.properties().forEach(more -> add(more.getKey(), more.getValue(), object));
                } else {
                    object.set(filled(name), value);
                }
            }
        });
        open.pop();
        return object;
    }

    /** Adds a member; the members of one that is already there, and an object, are kept. */
    private static void add(String name, JsonNode value, ObjectNode object) {
        if (object.get(name) instanceof ObjectNode before && value instanceof ObjectNode more) {
            before.setAll(more);
        } else {
            object.set(name, value);
        }
    }
}
