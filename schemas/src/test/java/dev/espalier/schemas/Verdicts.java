// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts how documents are judged, against the verdicts that a corpus gives. */
final class Verdicts {

    int schemas;
    int compiled;
    int right;
    final Map<String, Integer> refused = new TreeMap<>();
    final List<String> wrong = new ArrayList<>();

    /** One document of a schema, with its verdict. */
    record Document(String text, boolean valid, String name) {}

    /** Compiles a schema and reads its documents. */
    void check(SchemaCompiler compiler, String name, String schema, List<Document> documents, SchemaOptions options) {
        schemas++;
        try {
            Recogniser recogniser =
                    new Recogniser(compiler.compile(schema, options).automaton().start());
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
            refused.merge("unsupported " + e.feature(), 1, Integer::sum);
        } catch (LimitExceededException e) {
            refused.merge("limit " + e.limit() + " " + e.bound(), 1, Integer::sum);
        } catch (EspalierException e) {
            refused.merge(e.code(), 1, Integer::sum);
        } catch (RuntimeException | StackOverflowError e) {
            wrong.add(name + ": " + e);
            if (wrong.size() < 3) {
                e.printStackTrace();
            }
        }
    }

    String summary(String what) {
        return what + ": " + schemas + " schemas, " + compiled + " compiled exactly, refused " + refused
                + "; documents: " + right + " right, " + wrong.size() + " WRONG";
    }
}
