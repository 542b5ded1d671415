// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.name.NearestName;
import dev.espalier.sampler.LanguageModel;
import dev.espalier.tag.ValueStyle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a family of models writes calls of tools.
 *
 * @param id its name
 * @param opening what stands before the first call
 * @param call a call: {@code {name}}, {@code {arguments}}, and where the family has them {@code {index}} (the number of the call, from 0) and {@code {id}} (nine letters and digits)
 * @param between what stands between two calls
 * @param closing what stands behind the last call
 * @param style how arguments are written
 * @param reasoning what stands around reasoning; empty for families without
 * @param text what stands around text to the user; empty for families that write text and calls as they come
 */
public record ToolConvention(
        String id,
        String opening,
        String call,
        String between,
        String closing,
        ValueStyle style,
        Optional<Reasoning> reasoning,
        Optional<Text> text) {

    /**
     * What stands around reasoning.
     *
     * @param begin what begins it, which the prompt may have written already
     * @param end what ends it, with what stands before the answer
     */
    public record Reasoning(String begin, String end) {}

    /**
     * What stands around text to the user, in families that do not write text and calls as they come. If nothing begins it, an answer is text unless it begins as calls do.
     *
     * @param begin what begins it
     * @param end what ends it; may be empty
     * @param isBeforeCalls whether it is there before calls, too, though there be nothing in it; if not, an answer is text or calls
     * @param finish what stands at the end of the answer, behind text and calls; may be empty
     */
    public record Text(String begin, String end, boolean isBeforeCalls, String finish) {}

    private static final String FILE = "conventions.json";

    /**
     * Checks the call.
     *
     * @throws InvalidInputException if it has no name or no arguments, in this order
     */
    public ToolConvention {
        int name = call.indexOf("{name}");
        if (name < 0 || call.indexOf("{arguments}") < name) {
            throw new InvalidInputException(
                    "a call is written with {name} and, behind it, {arguments}, but not as " + call);
        }
        if ((opening + call.substring(0, hole(call, 0))).isEmpty()) {
            throw new InvalidInputException("a call begins with a text by which it is known");
        }
    }

    /** The conventions that are known, from the file {@code conventions.json} beside this class. */
    public static List<ToolConvention> known() {
        try (InputStream file = ToolConvention.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("no file " + FILE);
            }
            return read(JsonMapper.shared().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A convention by its name.
     *
     * @throws InvalidInputException if none is called so
     */
    public static ToolConvention named(String id) {
        List<ToolConvention> known = known();
        return known.stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("no convention for calls of tools is called \"" + id + "\""
                        + NearestName.of(
                                        id,
                                        known.stream().map(ToolConvention::id).toList())
                                .map(name -> "; did you mean \"" + name + "\"?")
                                .orElse("")));
    }

    /**
     * A model as it writes calls in this convention: special tokens whose names are marks of the convention may stand for them. To be given to the {@link dev.espalier.Generator} that writes such
     * answers; a prompting of the model itself goes on to serve. Tokens that end a text are not among them.
     *
     * @return the model itself if none of its special tokens is a mark. It is closed with the other one. Cost: a look at all special tokens, and a vocabulary of its own
     */
    public LanguageModel on(LanguageModel model) {
        return SpelledModel.of(model, name -> marks().anyMatch(mark -> mark.contains(name)));
    }

    private Stream<String> marks() {
        return Stream.concat(
                Stream.of(opening, call, between, closing),
                Stream.concat(
                        reasoning.stream().flatMap(marks -> Stream.of(marks.begin(), marks.end())),
                        text.stream().flatMap(marks -> Stream.of(marks.begin(), marks.end(), marks.finish()))));
    }

    private static List<ToolConvention> read(JsonNode all) {
        List<ToolConvention> conventions = new ArrayList<>();
        for (JsonNode one : all) {
            JsonNode reasoning = one.path("reasoning");
            String style = one.path("style").asString("json");
            conventions.add(new ToolConvention(
                    one.get("id").stringValue(),
                    one.path("opening").asString(""),
                    one.get("call").stringValue(),
                    one.path("between").asString(""),
                    one.path("closing").asString(""),
                    Arrays.stream(ValueStyle.values())
                            .filter(each -> each.id().equals(style))
                            .findFirst()
                            .orElseThrow(),
                    reasoning.isMissingNode()
                            ? Optional.empty()
                            : Optional.of(new Reasoning(
                                    reasoning.get("begin").stringValue(),
                                    reasoning.get("end").stringValue())),
                    one.has("text") ? Optional.of(text(one.get("text"))) : Optional.empty()));
        }
        return conventions;
    }

    private static Text text(JsonNode text) {
        return new Text(
                text.path("begin").asString(""),
                text.path("end").asString(""),
                text.path("before_calls").asBoolean(false),
                text.path("finish").asString(""));
    }

    /** What stands before the first part of a call that differs: text up to there is a call's beginning, and no text to the user. */
    public String trigger() {
        return opening + beginning();
    }

    /** What each call begins with. */
    String beginning() {
        return call.substring(0, hole(call, 0));
    }

    /** Where the next hole of a call is, from a place on; its end if there is none. */
    static int hole(String call, int from) {
        int first = call.length();
        for (String hole : List.of("{name}", "{arguments}", "{index}", "{id}")) {
            int at = call.indexOf(hole, from);
            first = at >= 0 ? Math.min(first, at) : first;
        }
        return first;
    }
}
