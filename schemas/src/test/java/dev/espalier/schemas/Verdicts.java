package dev.espalier.schemas;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts how documents are judged, against the verdicts that a corpus gives. */
final class Verdicts {

    int schemas;
    int compiled;
    int right;
    int refusedDocuments;
    final Map<String, Integer> refused = new TreeMap<>();
    final List<String> wrong = new ArrayList<>();
    final List<String> slow = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    final List<Cost> costs = new ArrayList<>();

    /** One document of a schema, with its verdict. */
    record Document(String text, boolean valid, String name) {}

    /** What a schema cost: to compile it, its slowest byte, and all together, in milliseconds. */
    record Cost(String name, double compile, double step, double all) {}

    /** Compiles a schema and reads its documents. */
    void check(SchemaCompiler compiler, String name, String schema, List<Document> documents, SchemaOptions options) {
        schemas++;
        long begin = System.nanoTime();
        long ready = begin;
        long slowest = 0;
        try {
            Recogniser recogniser =
                    new Recogniser(compiler.compile(schema, options).start());
            ready = System.nanoTime();
            compiled++;
            for (Document document : documents) {
                boolean accepted = recogniser.accepts(document.text());
                slowest = Math.max(slowest, recogniser.slowestStep());
                if (accepted == document.valid()) {
                    right++;
                } else {
                    String text = document.text();
                    wrong.add(name + " / " + document.name() + ": " + (accepted ? "accepted " : "refused ")
                            + text.substring(0, Math.min(200, text.length())));
                }
            }
        } catch (UnsatisfiableException e) {
            compiled++;
            for (Document document : documents) {
                if (document.valid()) {
                    wrong.add(name + " / " + document.name() + ": unsatisfiable " + document.text());
                } else {
                    right++;
                }
            }
        } catch (UnsupportedFeatureException e) {
            refusedDocuments += documents.size();
            refused.merge("unsupported " + e.feature(), 1, Integer::sum);
            refusals.add(name + ": " + e.feature());
        } catch (LimitExceededException e) {
            refusedDocuments += documents.size();
            refused.merge("limit " + e.limit() + " " + e.bound(), 1, Integer::sum);
            refusals.add(name + ": " + e.getMessage());
        } catch (EspalierException e) {
            refusedDocuments += documents.size();
            refused.merge(e.code(), 1, Integer::sum);
            refusals.add(name + ": " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            wrong.add(name + ": " + e);
            if (wrong.size() < 3) {
                e.printStackTrace();
            }
        }
        double all = millis(System.nanoTime() - begin);
        costs.add(new Cost(name, millis(ready - begin), millis(slowest), all));
        if (all > 1000) {
            slow.add(name + ": " + Math.round(all) + " ms");
        }
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /** The schemas that cost most, a line each. */
    List<String> slowest(int count) {
        return costs.stream()
                .sorted(Comparator.comparingDouble(cost -> -cost.all()))
                .limit(count)
                .map(cost -> String.format(
                        Locale.ROOT,
                        "%-60s compile %7.1f ms, worst step %7.1f ms, all %7.1f ms",
                        cost.name(),
                        cost.compile(),
                        cost.step(),
                        cost.all()))
                .toList();
    }

    String summary(String what) {
        return what + ": " + schemas + " schemas, " + compiled + " compiled exactly, refused " + refused
                + "; documents: " + right + " right, " + wrong.size() + " WRONG";
    }
}
