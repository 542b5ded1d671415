// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark;

import dev.espalier.core.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt with places for columns.
 *
 * @param texts what is written as it is; one more than there are columns
 * @param columns the columns between these texts
 */
record PromptTemplate(List<String> texts, List<String> columns) {

    PromptTemplate {
        texts = List.copyOf(texts);
        columns = List.copyOf(columns);
    }

    /** The text of one column. */
    static PromptTemplate column(String name) {
        return new PromptTemplate(List.of("", ""), List.of(name));
    }

    /**
     * Reads a text in which <code>{name}</code> stands for a column and <code>{{</code> and <code>}}</code> for braces.
     *
     * @throws InvalidInputException if a brace is alone, or there is no column
     */
    static PromptTemplate parse(String template) {
        List<String> texts = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            char next = template.charAt(at);
            if ((next == '{' || next == '}') && template.startsWith(String.valueOf(next), at + 1)) {
                text.append(next);
                at += 2;
            } else if (next == '{' && template.indexOf('}', at) > at + 1) {
                int end = template.indexOf('}', at);
                texts.add(text.toString());
                text.setLength(0);
                columns.add(template.substring(at + 1, end));
                at = end + 1;
            } else if (next == '{' || next == '}') {
                throw new InvalidInputException("template: the brace at character " + at
                        + " is alone; a column is {name}, a brace is {{ or }}");
            } else {
                text.append(next);
                at++;
            }
        }
        if (columns.isEmpty()) {
            throw new InvalidInputException("template: it names no column, as {name} does");
        }
        texts.add(text.toString());
        return new PromptTemplate(texts, columns);
    }

    /** The prompt with the texts of the columns. */
    String fill(List<String> values) {
        StringBuilder prompt = new StringBuilder(texts.get(0));
        for (int i = 0; i < values.size(); i++) {
            prompt.append(values.get(i)).append(texts.get(i + 1));
        }
        return prompt.toString();
    }
}
