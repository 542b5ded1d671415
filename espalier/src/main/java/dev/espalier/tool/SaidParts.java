// SPDX-License-Identifier: Apache-2.0
package dev.espalier.tool;

import dev.espalier.tool.ToolCalls.Thinking;

/**
 * Tells of reasoning and of what is said to the user, before calls, as soon as it is certain what a character belongs to: what may be the beginning of a mark is held back, and so is white space, of
 * which there is none at either end, but at the beginning of what goes on. One answer, one thread.
 */
final class SaidParts {

    private enum State {
        /** Reasoning, or something else, may begin. */
        BEGINNING,
        REASONING,
        /** What is said, or calls, may begin. */
        BETWEEN,
        TEXT,
        BEHIND
    }

    private final CallFormat format;
    private final Thinking thinking;
    private final AnswerListener listener;
    private final String block;
    private final String tail;
    private final String call;
    private final boolean endsAtOnce;

    private State state = State.BEGINNING;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder told = new StringBuilder();
    private final StringBuilder space = new StringBuilder();
    private boolean isBlank = true;
    /** How many chars of the answer have been read, what is held included. */
    private int read;
    /** Where what is said begins. */
    private int begin;

    private boolean isBeginTold;

    SaidParts(CallFormat format, Thinking thinking, AnswerListener listener) {
        this.format = format;
        this.thinking = thinking;
        this.listener = listener;
        this.block = format.convention().text().map(ToolConvention.Text::begin).orElse("");
        String end = format.convention().text().map(ToolConvention.Text::end).orElse("");
        String finish =
                format.convention().text().map(ToolConvention.Text::finish).orElse("");
        this.endsAtOnce = !end.isEmpty() && !format.hasAnswer();
        this.tail = endsAtOnce ? end : end + finish;
        this.call = (isEmptyBlockBeforeCalls() ? end : "") + format.convention().trigger();
        restart();
    }

    private boolean isEmptyBlockBeforeCalls() {
        return format.hasAnswer()
                && format.convention()
                        .text()
                        .filter(ToolConvention.Text::isBeforeCalls)
                        .isPresent();
    }

    /** Begins anew. */
    void restart() {
        held.setLength(0);
        told.setLength(0);
        read = 0;
        isBeginTold = false;
        begin(
                switch (thinking) {
                    case NONE -> State.BETWEEN;
                    case ALLOWED, REQUIRED -> State.BEGINNING;
                    case BEGUN -> State.REASONING;
                });
        isBlank = !format.isContinued();
        begin = 0;
    }

    private void begin(State next) {
        state = next;
        space.setLength(0);
        isBlank = true;
        if (state == State.BETWEEN && block.isEmpty()) {
            state = State.TEXT;
        }
    }

    /** Reads a character that is not of a call. */
    void add(String character) {
        held.append(character);
        read += character.length();
        switch (state) {
            case BEGINNING -> beginning();
            case REASONING -> reasoning();
            case BETWEEN -> between();
            case TEXT -> text();
            case BEHIND -> held.setLength(0);
        }
    }

    private void beginning() {
        String begin = marks().begin();
        if (held.toString().equals(begin)) {
            held.setLength(0);
            begin(State.REASONING);
        } else if (!begin.startsWith(held.toString())) {
            begin(State.BETWEEN);
            again();
        }
    }

    private ToolConvention.Reasoning marks() {
        return format.convention().reasoning().orElseThrow();
    }

    /** Reads what is held once more, in another state. */
    private void again() {
        String text = held.toString();
        held.setLength(0);
        read -= text.length();
        text.codePoints().forEach(each -> add(Character.toString(each)));
    }

    private void reasoning() {
        String end = marks().end();
        if (endsWith(end)) {
            tell(held.length() - end.length());
            flush();
            held.setLength(0);
            begin(State.BETWEEN);
        } else {
            tell(held.length() - heldBack(end, end.length() - 1));
        }
    }

    private void between() {
        if (held.toString().equals(block)) {
            held.setLength(0);
            begin(State.TEXT);
        } else if (!block.startsWith(held.toString())) {
            state = State.BEHIND; // calls
            held.setLength(0);
        }
    }

    private void text() {
        if (endsAtOnce && endsWith(tail)) {
            tell(held.length() - tail.length());
            flush();
            held.setLength(0);
            state = State.BEHIND;
        } else {
            int back = heldBack(tail, endsAtOnce ? tail.length() - 1 : tail.length());
            if (mayCall()) {
                back = Math.max(back, heldBack(call, call.length() - 1));
            }
            tell(held.length() - back);
        }
    }

    /** Whether calls may begin in the text, or in its place. */
    private boolean mayCall() {
        boolean isAnywhere = format.convention().text().isEmpty() && !format.hasAnswer();
        boolean mayBe = block.isEmpty() || isEmptyBlockBeforeCalls();
        return format.choice().most() > 0 && mayBe && (isAnywhere || isBlank);
    }

    /** The next character would be that of a call: what is held, with this one, ends with the mark of calls. */
    void calls(String character) {
        if (state == State.TEXT) {
            held.append(character);
            read += character.length();
            tell(held.length() - call.length());
        }
        flush();
        held.setLength(0);
        state = State.BEHIND;
    }

    /** The answer is whole. */
    void finish() {
        if (state == State.BEGINNING) {
            begin(State.BETWEEN);
            again();
        }
        if (state == State.TEXT) {
            tell(held.length() - (endsWith(tail) ? tail.length() : 0));
        }
        flush();
        state = State.BEHIND;
    }

    private boolean endsWith(String mark) {
        return held.length() >= mark.length() && held.indexOf(mark, held.length() - mark.length()) >= 0;
    }

    /** How many characters at the end may be the beginning of a mark, up to a number. */
    private int heldBack(String mark, int most) {
        for (int length = Math.min(most, held.length()); length > 0; length--) {
            if (mark.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    /** So many characters that are held are certain. */
    private void tell(int count) {
        if (count <= 0) {
            return;
        }
        boolean isOutput = state == State.TEXT && format.hasAnswer();
        for (int i = 0; i < count; i++) {
            char one = held.charAt(i);
            if (!isOutput && Character.isWhitespace(one)) {
                space.append(one);
            } else {
                if (!isBlank) {
                    told.append(space);
                } else {
                    begin = read - held.length() + i;
                }
                told.append(one);
                space.setLength(0);
                isBlank = false;
            }
        }
        held.delete(0, count);
    }

    /** Tells what is certain. */
    void flush() {
        if (told.isEmpty()) {
            return;
        }
        String chunk = told.toString();
        told.setLength(0);
        if (state == State.REASONING) {
            listener.onReasoning(chunk);
        } else {
            if (!isBeginTold) {
                isBeginTold = true;
                listener.onTextBegin(begin);
            }
            listener.onText(chunk);
        }
    }
}
