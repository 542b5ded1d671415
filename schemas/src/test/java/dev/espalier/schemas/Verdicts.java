package dev.espalier.schemas;

import dev.espalier.grammar.error.EspalierException;
import dev.espalier.grammar.error.LimitExceededException;
import dev.espalier.grammar.error.UnsatisfiableException;
import dev.espalier.grammar.error.UnsupportedFeatureException;
import java.util.ArrayList;
import java.util.List;
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

    /** One document of a schema, with its verdict. */
    record Document(String text, boolean valid, String name) {}

    /** Compiles a schema and reads its documents. */
    void check(SchemaCompiler compiler, String name, String schema, List<Document> documents, SchemaOptions options) {
        schemas++;
        long begin = System.nanoTime();
        try {
            Recogniser recogniser =
                    new Recogniser(compiler.compile(schema, options).start());
            compiled++;
            for (Document document : documents) {
                boolean accepted = recogniser.accepts(document.text());
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
        } catch (LimitExceededException e) {
            refusedDocuments += documents.size();
            refused.merge("limit " + e.limit() + " " + e.bound(), 1, Integer::sum);
        } catch (EspalierException e) {
            refusedDocuments += documents.size();
            refused.merge(e.code(), 1, Integer::sum);
            if (!e.code().equals("reference")) {
                slow.add(name + ": " + e.getMessage());
            }
        } catch (RuntimeException | StackOverflowError e) {
            wrong.add(name + ": " + e);
            if (wrong.size() < 3) {
                e.printStackTrace();
            }
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (millis > 1000) {
            slow.add(name + ": " + millis + " ms");
        }
    }

    String summary(String what) {
        return what + ": " + schemas + " schemas, " + compiled + " compiled exactly, refused " + refused
                + "; documents: " + right + " right, " + wrong.size() + " WRONG";
    }
}
