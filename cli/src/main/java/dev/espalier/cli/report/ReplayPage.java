// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.Infilling;
import dev.espalier.InfillingRequest;
import dev.espalier.core.error.InvalidInputException;
import dev.espalier.core.file.WholeFile;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.diffusion.MaskedDiffusionModel;
import dev.espalier.sampler.diffusion.SlotChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An HTML file that replays how a canvas was filled. It needs no network and no other file.
 *
 * <p>Its data: {@code fills}, each the content of a slot and how the slot got it; {@code frames}, one before the first step and one after
 * each, with the index of a fill for each slot, -1 for a free one.
 */
public final class ReplayPage {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InfillResult result;
    private final Vocabulary vocabulary;
    private final ObjectNode data = JSON.objectNode();
    private final ArrayNode fills = JSON.arrayNode();
    private final List<Integer> slots = new ArrayList<>();

    public ReplayPage(
            Infilling<?> infilling, InfillingRequest<?> request, MaskedDiffusionModel model, String constraint) {
        this.result = infilling.result();
        this.vocabulary = model.vocabulary();
        InfillingReport report = new InfillingReport(infilling, request);
        data.put("model", model.name())
                .put("policy", request.method().policy().name())
                .put("outcome", report.outcome())
                .put("reason", infilling.value().isPresent() ? "" : report.reason())
                .put("prompt", request.prompt())
                .put("constraint", constraint)
                .put("schema", request.output().schema().orElse(""))
                .put("text", infilling.text())
                .put("passes", result.forwardPasses())
                .put("modelMillis", result.timings().forward() / 1e6)
                .put("constraintMillis", result.timings().mask() / 1e6);
    }

    /** Refuses a file that cannot be written, before anything is computed. */
    public static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": cannot be written: expected a file in a folder that exists");
        }
    }

    /** Writes the page. */
    public void write(Path file) {
        try (InputStream template = ReplayPage.class.getResourceAsStream("replay.html")) {
            if (template == null) {
                throw new InvalidInputException("replay.html is not among the resources");
            }
            String page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            // a < could end the script; in JSON it can only stand in a string
            WholeFile.write(file, page.replace("\"@DATA@\"", data().toString().replace("<", "\\u003c")));
        } catch (IOException e) {
            throw new InvalidInputException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    private ObjectNode data() {
        Canvas first = result.steps().isEmpty()
                ? result.canvas()
                : result.steps().get(0).before();
        for (int slot = 0; slot < first.size(); slot++) {
            slots.add(first.isFree(slot) ? -1 : fill(first.token(slot), "given", 0));
        }
        ArrayNode frames = JSON.arrayNode();
        frames.add(frame("", 0));
        for (InfillStep step : result.steps()) {
            apply(step);
            frames.add(frame(head(step), step.rejected()));
        }
        data.set("fills", fills);
        data.set("frames", frames);
        return data;
    }

    private void apply(InfillStep step) {
        step.changes().stream()
                .filter(change -> change.kind() == SlotChange.Kind.INSERTED)
                .sorted((one, other) -> Integer.compare(one.slot(), other.slot()))
                .forEach(change -> slots.add(change.slot(), -1));
        for (SlotChange change : step.changes()) {
            if (change.kind() == SlotChange.Kind.REVOKED) {
                slots.set(change.slot(), -1);
            } else if (change.kind() != SlotChange.Kind.INSERTED) {
                String kind = change.kind().name().toLowerCase(Locale.ROOT);
                int fill = fill(change.token(), kind, step.index() + 1);
                ((ObjectNode) fills.get(fill)).put("confidence", rounded(change.confidence()));
                if (Double.isFinite(change.rawConfidence())) {
                    ((ObjectNode) fills.get(fill)).put("raw", rounded(change.rawConfidence()));
                }
                slots.set(change.slot(), fill);
            }
        }
    }

    private static double rounded(double probability) {
        return Math.round(probability * 1e4) / 1e4;
    }

    private int fill(int token, String kind, int step) {
        fills.addObject()
                .put("text", vocabulary.isEnd(token) ? "" : vocabulary.text(token))
                .put("end", vocabulary.isEnd(token))
                .put("kind", kind)
                .put("step", step);
        return fills.size() - 1;
    }

    private ObjectNode frame(String head, int rejected) {
        ObjectNode frame = JSON.objectNode().put("head", head).put("rejected", rejected);
        ArrayNode now = frame.putArray("slots");
        slots.forEach(now::add);
        return frame;
    }

    private static String head(InfillStep step) {
        return step.passes() == 0
                ? "without a forward pass"
                : String.format(
                        Locale.ROOT,
                        "model %.1f ms, constraint %.1f ms",
                        step.modelNanos() / 1e6,
                        step.constraintNanos() / 1e6);
    }
}
