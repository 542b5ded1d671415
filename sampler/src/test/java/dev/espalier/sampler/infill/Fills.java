package dev.espalier.sampler.infill;

import dev.espalier.core.ByteString;
import dev.espalier.grammar.Grammar;
import dev.espalier.grammar.testing.Column;
import dev.espalier.grammar.testing.SlowRecognizer;
import dev.espalier.grammar.testing.TextGraph;
import dev.espalier.mask.vocabulary.Vocabulary;
import java.util.List;

/**
 * The oracles of {@link RegionConstraint}: trying all fillings with a plain Earley recogniser, and, for gaps without upper
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

    Gap gap(int region) {
        return gaps.get(region);
    }

    /** Whether all before a place in a gap can be completed with the gap going on, or with its end. */
    boolean byTrying(int[] before, int region, int written, boolean ends) {
        Column column = read(recognizer.start(), before);
        return ends ? end(column, region) : fill(column, region, written);
    }

    private boolean fill(Column column, int region, int written) {
        if (!column.isLive()) {
            return false;
        }
        Gap gap = gaps.get(region);
        if (written >= gap.least() && end(column, region)) {
            return true;
        }
        for (int token = 0; token < vocabulary.size() && written < gap.most(); token++) {
            if (vocabulary.bytes(token).length() > 0 && fill(read(column, token), region, written + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean end(Column column, int region) {
        Column behind = read(column, texts.get(region + 1));
        return region + 1 == gaps.size() ? behind.isAccepting() : fill(behind, region + 1, 0);
    }

    private Column read(Column from, int... tokens) {
        Column column = from;
        for (byte symbol : vocabulary.decode(tokens)) {
            column = column.advance(symbol & 0xff);
        }
        return column;
    }

    /** As {@link #byTrying}, by one question about a graph. */
    boolean byGraph(int[] before, int region, int written, boolean ends) {
        TextGraph graph = new TextGraph();
        int at = draw(graph, 0, before);
        for (int current = region; current < gaps.size(); current++) {
            boolean isFirst = current == region;
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
