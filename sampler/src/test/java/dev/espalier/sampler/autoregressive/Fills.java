// SPDX-License-Identifier: Apache-2.0
package dev.espalier.sampler.autoregressive;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.grammar.testing.TextGraph;
import dev.espalier.mask.vocabulary.Vocabulary;
import dev.espalier.sampler.gap.Gap;
import java.util.List;

/**
 * The oracles of {@link GapConstraint}: trying all fillings with a plain Earley recogniser, and, for gaps without upper
 * bound too, asking one over graphs whether some filling is a sentence. Share no code with what they check, nor with each other.
 */
final class Fills {

    private final Vocabulary vocabulary;
    private final SlowRecognizer recognizer;
    private final List<int[]> texts;
    private final List<Gap> gaps;

    Fills(Grammar grammar, Vocabulary vocabulary, List<int[]> texts, List<Gap> gaps) {
        this.vocabulary = vocabulary;
        this.recognizer = new SlowRecognizer(grammar);
        this.texts = texts;
        this.gaps = gaps;
    }

    Gap gap(int index) {
        return gaps.get(index);
    }

    /** Whether all before a place in a gap can be completed with the gap going on, or with its end. */
    boolean byTrying(int[] before, int index, int written, boolean ends) {
        Column column = read(recognizer.start(), before);
        return ends ? end(column, index) : fill(column, index, written);
    }

    private boolean fill(Column column, int index, int written) {
        if (!column.isLive()) {
            return false;
        }
        Gap gap = gaps.get(index);
        if (written >= gap.least() && end(column, index)) {
            return true;
        }
        for (int token = 0; token < vocabulary.size() && written < gap.most(); token++) {
            if (vocabulary.bytes(token).length() > 0 && fill(read(column, token), index, written + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean end(Column column, int index) {
        Column behind = read(column, texts.get(index + 1));
        return index + 1 == gaps.size() ? behind.isAccepting() : fill(behind, index + 1, 0);
    }

    private Column read(Column from, int... tokens) {
        Column column = from;
        for (byte symbol : vocabulary.decode(tokens)) {
            column = column.advance(symbol & 0xff);
        }
        return column;
    }

    /** As {@link #byTrying}, by one question about a graph. */
    boolean byGraph(int[] before, int index, int written, boolean ends) {
        TextGraph graph = new TextGraph();
        int at = draw(graph, 0, before);
        for (int current = index; current < gaps.size(); current++) {
            boolean isFirst = current == index;
            at = isFirst && ends ? at : draw(graph, at, gaps.get(current), isFirst ? written : 0);
            at = draw(graph, at, texts.get(current + 1));
        }
        graph.accept(at);
        return recognizer.acceptsSome(graph);
    }

    private int draw(TextGraph graph, int from, int... tokens) {
        int at = from;
        for (int token : tokens) {
            int next = graph.addNode();
            edge(graph, at, token, next);
            at = next;
        }
        return at;
    }

    private int draw(TextGraph graph, int from, Gap gap, int written) {
        int end = graph.addNode();
        int at = from;
        int last = gap.isUnlimited() ? Math.max(gap.least(), written) : gap.most();
        for (int count = written; count <= last; count++) {
            if (count >= gap.least()) {
                graph.skip(at, end);
            }
            boolean loops = gap.isUnlimited() && count == last;
            int next = loops ? at : graph.addNode();
            for (int token = 0; token < vocabulary.size() && (loops || count < last); token++) {
                edge(graph, at, token, next);
            }
            at = next;
        }
        return end;
    }

    private void edge(TextGraph graph, int from, int token, int to) {
        ByteString bytes = vocabulary.bytes(token);
        int at = from;
        for (int i = 0; i < bytes.length(); i++) {
            int next = i + 1 < bytes.length() ? graph.addNode() : to;
            graph.read(at, bytes.at(i), next);
            at = next;
        }
    }
}
