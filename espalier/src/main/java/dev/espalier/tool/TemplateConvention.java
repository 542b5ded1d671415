// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.ChatPrompting;
import dev.espalier.core.error.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the convention of a model by its chat template: what it makes of a conversation with calls must be calls in that convention, and the same ones. */
public final class TemplateConvention {

    private static final TemplateRendering.Call FIRST = new TemplateRendering.Call(0, "zq place", 37, false);
    private static final TemplateRendering.Call SECOND = new TemplateRendering.Call(1, "zq other", 42, false);

    private TemplateConvention() {}

    /**
     * A convention that was derived from a template.
     *
     * @param convention how the template writes calls
     * @param mostCalls 1 if the template does not show what stands between two calls, else {@link ToolCalls#MAX_CALLS}
     */
    public record Proposal(ToolConvention convention, int mostCalls) {}

    /** The known convention by which a template writes calls; empty if it writes none, or in a way that is not known. */
    public static Optional<ToolConvention> known(ChatPrompting prompting) {
        return among(ToolConvention.known(), prompting);
    }

    /**
     * The known convention by which a template writes calls.
     *
     * @throws InvalidInputException if it writes none, or in a way that is not known
     */
    public static ToolConvention of(ChatPrompting prompting) {
        return known(prompting)
                .orElseThrow(() -> new InvalidInputException(
                        isSilent(prompting)
                                ? "the chat template of the model writes no calls of tools"
                                : "the chat template of the model writes calls of tools in a way that is not known; name a convention: "
                                        + ToolConvention.known().stream()
                                                .map(ToolConvention::id)
                                                .collect(Collectors.joining(", "))));
    }

    /** That of some conventions which reads most of what a template makes of calls: the end of one may be the beginning of another's. */
    static Optional<ToolConvention> among(List<ToolConvention> conventions, ChatPrompting prompting) {
        for (TemplateRendering rendering : TemplateRendering.all(prompting)) {
            for (List<TemplateRendering.Call> calls : List.of(List.of(FIRST, SECOND), List.of(FIRST))) {
                Optional<String> text = rendering.withResults(calls);
                Optional<ToolConvention> found = text.flatMap(rendered -> longest(conventions, rendered, calls));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ToolConvention> longest(
            List<ToolConvention> conventions, String text, List<TemplateRendering.Call> calls) {
        Optional<ToolConvention> found = Optional.empty();
        int last = 0;
        for (ToolConvention each : conventions) {
            int end = TemplateRendering.writtenEnd(each, text, calls);
            if (end > last) {
                found = Optional.of(each);
                last = end;
            }
        }
        return found;
    }

    private static boolean isSilent(ChatPrompting prompting) {
        return TemplateRendering.all(prompting).stream()
                .noneMatch(rendering -> rendering.withResults(List.of(FIRST)).isPresent());
    }

    /**
     * The convention of a template that is not known, derived from what it makes of conversations with no call, one and two: what differs between them is what stands around names and arguments. It
     * is checked by further conversations, whose calls must be read back as they are.
     *
     * @throws InvalidInputException if it cannot be derived; it says what could not
     */
    public static Proposal propose(ChatPrompting prompting) {
        String reason = "it writes no calls of tools";
        for (TemplateRendering rendering : TemplateRendering.all(prompting)) {
            for (boolean hasFlag : new boolean[] {true, false}) {
                ConventionProposal proposal = new ConventionProposal(rendering, hasFlag);
                Optional<Proposal> found = proposal.derived();
                if (found.isPresent()) {
                    return found.get();
                }
                reason = proposal.reason().orElse(reason);
            }
        }
        throw new InvalidInputException(
                "how calls of tools are written cannot be derived from the chat template of the model: " + reason);
    }
}
