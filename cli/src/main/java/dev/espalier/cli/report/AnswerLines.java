// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli.report;

import dev.espalier.cli.console.Console;
import dev.espalier.tool.AnswerListener;
import dev.espalier.tool.ToolCall;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An answer with calls, on standard output while it is written: see {@link StreamForm}. One answer, one thread. */
public final class AnswerLines implements AnswerListener {

    private final Console console;
    private final StreamForm form;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder text = new StringBuilder();

    /** An answer of which nothing is written yet. */
    public AnswerLines(Console console, StreamForm form) {
        this.console = console;
        this.form = form;
    }

    /** A call, as a line of JSON has it. */
    public static ObjectNode node(ToolCall call) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", call.id()).put("name", call.name());
        node.set("arguments", JsonMapper.shared().readTree(call.arguments()));
        return node;
    }

    @Override
    public void onReasoning(String chunk) {
        reasoning.append(chunk);
        if (form == StreamForm.EVENTS) {
            print(event("reasoning").put("text", chunk));
        }
    }

    @Override
    public void onText(String chunk) {
        endReasoning();
        text.append(chunk);
        if (form == StreamForm.EVENTS) {
            print(event("text").put("text", chunk));
        } else if (form == StreamForm.TEXT) {
            console.table().print(chunk);
            console.out().flush();
        }
    }

    @Override
    public void onCallBegin(int number, String id, String name) {
        endText();
        if (form == StreamForm.EVENTS) {
            print(event("call").put("number", number).put("id", id).put("name", name));
        }
    }

    @Override
    public void onArguments(int number, String chunk) {
        if (form == StreamForm.EVENTS) {
            print(event("arguments").put("number", number).put("text", chunk));
        }
    }

    @Override
    public void onCall(int number, ToolCall call) {
        if (form == StreamForm.EVENTS) {
            print(event("end").put("number", number));
        } else {
            print(node(call));
        }
    }

    @Override
    public void onRestart() {
        reasoning.setLength(0);
        endLine();
        text.setLength(0);
        print(event("restart"));
    }

    /** The answer has ended, whole or not. */
    public void end() {
        endText();
    }

    private void endText() {
        endReasoning();
        if (form == StreamForm.JSON && !text.isEmpty()) {
            print(JsonNodeFactory.instance.objectNode().put("text", text.toString()));
        }
        endLine();
        text.setLength(0);
    }

    private void endLine() {
        if (form == StreamForm.TEXT && !text.isEmpty()) {
            console.out().println();
        }
    }

    private void endReasoning() {
        if (form == StreamForm.JSON && !reasoning.isEmpty()) {
            print(JsonNodeFactory.instance.objectNode().put("reasoning", reasoning.toString()));
        }
        reasoning.setLength(0);
    }

    private static ObjectNode event(String name) {
        return JsonNodeFactory.instance.objectNode().put("event", name);
    }

    private void print(ObjectNode line) {
        console.out().println(line);
        console.out().flush();
    }
}
