// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.cli.console.Console;
import dev.espalier.mask.canvas.Canvas;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.diffusion.InfillListener;
import dev.espalier.sampler.diffusion.InfillResult;
import dev.espalier.sampler.diffusion.InfillStep;
import dev.espalier.sampler.diffusion.SlotChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A display of the canvas after each step, with free slots as blocks and end tokens after the text as dots. On a terminal each step is drawn
 * over the previous one, with changes in colour; elsewhere each has a line of its own. Used by one thread.
 */
final class CanvasDisplay implements InfillListener {

    private static final int COLUMNS = 80;
    private static final int ROWS = 16;
    private static final long MIN_MILLIS = 80;

    private static final String FREE = "\u001b[2m";
    private static final String COMMITTED = "\u001b[1;32m";
    private static final String FORCED = "\u001b[36m";
    private static final String PLAIN = "";
    private static final String RESET = "\u001b[0m";

    /** A run of text in one style. */
    private record Run(String style, String text) {}

    private final Console console;
    private final Vocabulary vocabulary;
    private int drawnRows;
    private long drawnAt;

    CanvasDisplay(Console console, Vocabulary vocabulary) {
        this.console = console;
        this.vocabulary = vocabulary;
    }

    @Override
    public void onStart(Canvas canvas) {
        show("start: " + canvas.freeSlots() + " of " + canvas.size() + " slots are free", canvas, Map.of());
    }

    @Override
    public void onStep(InfillStep step) {
        Map<Integer, SlotChange.Kind> changed = new HashMap<>();
        step.changes().forEach(change -> changed.put(change.slot(), change.kind()));
        StringBuilder head = new StringBuilder("step " + (step.index() + 1) + ":");
        for (SlotChange.Kind kind : SlotChange.Kind.values()) {
            long count = step.changes().stream()
                    .filter(change -> change.kind() == kind)
                    .count();
            if (count > 0) {
                head.append(' ').append(count).append(' ').append(kind.name().toLowerCase(java.util.Locale.ROOT));
            }
        }
        if (step.rejected() > 0) {
            head.append(' ').append(step.rejected()).append(" refused");
        }
        show(head.toString(), step.after(), changed);
    }

    @Override
    public void onFinish(InfillResult result) {
        console.err().flush();
    }

    private void show(String head, Canvas canvas, Map<Integer, SlotChange.Kind> changed) {
        List<Run> runs = runs(canvas, changed);
        if (!console.terminal()) {
            StringBuilder line = new StringBuilder(head).append("  ");
            runs.forEach(run -> line.append(run.text()));
            console.err().println(line);
            return;
        }
        pause();
        List<String> rows = rows(runs);
        StringBuilder frame = new StringBuilder();
        if (drawnRows > 0) {
            frame.append("\u001b[").append(drawnRows).append('A');
        }
        frame.append("\r\u001b[J").append(head).append('\n');
        rows.forEach(row -> frame.append(row).append('\n'));
        drawnRows = rows.size() + 1;
        console.display().print(frame);
        console.display().flush();
    }

    /** Waits so that a step can be seen. */
    private void pause() {
        long wait = MIN_MILLIS - (System.nanoTime() - drawnAt) / 1_000_000;
        try {
            if (drawnAt != 0 && wait > 0) {
                Thread.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the decoder polls it
        }
        drawnAt = System.nanoTime();
    }

    /** The text in runs of one style. Characters that are split over slots of one style are whole in the run. */
    private List<Run> runs(Canvas canvas, Map<Integer, SlotChange.Kind> changed) {
        List<Run> runs = new ArrayList<>();
        int slot = 0;
        while (slot < canvas.size()) {
            String style = style(canvas, slot, changed);
            boolean free = canvas.isFree(slot);
            int start = slot;
            while (slot < canvas.size()
                    && canvas.isFree(slot) == free
                    && style(canvas, slot, changed).equals(style)) {
                slot++;
            }
            runs.add(new Run(style, free ? "░".repeat(slot - start) : text(canvas, start, slot)));
        }
        return runs;
    }

    private static String style(Canvas canvas, int slot, Map<Integer, SlotChange.Kind> changed) {
        SlotChange.Kind kind = changed.get(slot);
        if (canvas.isFree(slot)) {
            return FREE;
        }
        if (kind == null) {
            return PLAIN;
        }
        return kind == SlotChange.Kind.COMMITTED ? COMMITTED : FORCED;
    }

    private String text(Canvas canvas, int from, int to) {
        int[] tokens = Arrays.copyOfRange(canvas.tokens(), from, to);
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= tokens.length; i++) {
            boolean isEnd = i < tokens.length && vocabulary.isEnd(tokens[i]);
            if (isEnd || i == tokens.length) {
                byte[] bytes = vocabulary.decode(Arrays.copyOfRange(tokens, start, i));
                text.append(new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "␣"));
                text.append(isEnd ? "·" : "");
                start = i + 1;
            }
        }
        return text.toString();
    }

    /** The runs in rows of the terminal's width, as many as fit a small window that shows the first change. */
    private static List<String> rows(List<Run> runs) {
        List<String> rows = new ArrayList<>();
        StringBuilder row = new StringBuilder();
        int column = 0;
        int firstChange = -1;
        for (Run run : runs) {
            firstChange = firstChange < 0
                            && !run.style().equals(PLAIN)
                            && !run.style().equals(FREE)
                    ? rows.size()
                    : firstChange;
            row.append(run.style());
            for (int point : run.text().codePoints().toArray()) {
                if (column == COLUMNS) {
                    rows.add(row.append(RESET).toString());
                    row.setLength(0);
                    row.append(run.style());
                    column = 0;
                }
                row.appendCodePoint(point);
                column++;
            }
            row.append(RESET);
        }
        rows.add(row.toString());
        int from = Math.max(0, Math.min(rows.size() - ROWS, firstChange - ROWS / 2));
        return rows.subList(from, Math.min(rows.size(), from + ROWS));
    }
}
