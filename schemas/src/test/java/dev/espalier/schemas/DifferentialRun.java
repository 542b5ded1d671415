// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import dev.espalier.core.error.EspalierException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.UnsatisfiableException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.schemas.options.Draft;
import dev.espalier.schemas.options.SchemaOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;

/**
 * Judges random pairs of a schema and a document by the engine and by two other validators. A run of a seed is the same
 * every time. Each disagreement is either explained by one of the {@link Disputes} or kept as wrong.
 */
@NullUnmarked
final class DifferentialRun {

    private static final int DOCUMENTS = 8;

    private final long seed;
    private final SchemaCompiler compiler = new SchemaCompiler();
    private final OtherValidators others = new OtherValidators();
    private final Disputes disputes = Disputes.read();
    final Map<String, Long> wrong = new LinkedHashMap<>();
    final Map<String, Integer> refused = new TreeMap<>();
    final Map<String, Integer> disputed = new TreeMap<>();
    int schemas;
    int pairs;
    int accepted;
    int unjudged;

    DifferentialRun(long seed) {
        this.seed = seed;
    }

    /** Judges documents of one more schema. */
    void next() {
        long own = seed + 7919L * schemas++;
        Random random = new Random(own);
        int of = random.nextInt(10);
        Draft draft = of < 6 ? Draft.DRAFT_2020_12 : Draft.values()[of - 6];
        @SuppressWarnings("unchecked")
        Map<String, Object> root = (Map<String, Object>) new DraftSchemas(random, draft).root(1 + random.nextInt(4));
        String schema = SpelledJson.plain(root);
        Recogniser recogniser;
        try {
            recogniser = new Recogniser(
                    compiler.compile(schema, SchemaOptions.CHECKING).automaton().start());
        } catch (UnsatisfiableException e) {
            recogniser = null;
        } catch (EspalierException e) {
            refused.merge(reason(e), 1, Integer::sum);
            return;
        } catch (RuntimeException | StackOverflowError e) {
            wrong.put(e + "\n  schema " + schema, own);
            return;
        }
        NearbyDocuments documents = new NearbyDocuments(random, root, draft);
        OtherValidators.Judge first = others.first(schema);
        OtherValidators.Judge second = others.second(schema);
        for (int i = 0; i < DOCUMENTS; i++) {
            String document = SpelledJson.any(documents.next(), random);
            pairs++;
            try {
                boolean ours = recogniser != null && recogniser.accepts(document);
                accepted += ours ? 1 : 0;
                Verdict verdict = new Verdict(ours, first.accepts(document), second.accepts(document));
                unjudged += verdict.first == null || verdict.second == null ? 1 : 0;
                if (verdict.disagree()) {
                    explain(own, root, document, verdict);
                }
            } catch (LimitExceededException e) {
                refused.merge("reading: " + reason(e), 1, Integer::sum);
            } catch (EspalierException e) {
                wrong.put(e + "\n  schema   " + schema + "\n  document " + document, own);
            }
        }
    }

    private static String reason(EspalierException e) {
        return e instanceof UnsupportedFeatureException feature
                ? "unsupported " + feature.feature()
                : e instanceof LimitExceededException limit ? "limit " + limit.limit() : e.code();
    }

    /** What the three say; null where a validator failed. */
    private record Verdict(boolean ours, Boolean first, Boolean second) {

        boolean disagree() {
            return differs(first) || differs(second);
        }

        private boolean differs(Boolean theirs) {
            return theirs != null && theirs != ours;
        }

        String who() {
            return differs(first) && differs(second)
                    ? "both"
                    : differs(first) ? "networknt" : differs(second) ? "dev.harrel" : "";
        }
    }

    private void explain(long own, Object root, String document, Verdict verdict) {
        PairShrinker smallest =
                new PairShrinker(root, document, (schema, text) -> verdict.who().equals(who(schema, text)));
        String schema = SpelledJson.plain(smallest.schema);
        Verdict last = verdict(schema, smallest.document);
        String text = "we " + (last.ours ? "accept" : "refuse") + ", otherwise " + last.who();
        String dispute = disputes.of(last.who(), !last.ours, smallest.schema, smallest.document);
        if (dispute != null) {
            disputed.merge(dispute, 1, Integer::sum);
        } else {
            wrong.merge(text + "\n  schema   " + schema + "\n  document " + smallest.document, own, Math::min);
        }
    }

    private String who(String schema, String document) {
        try {
            return verdict(schema, document).who();
        } catch (RuntimeException e) {
            // refused by us, or malformed for one of the others
            return "";
        }
    }

    private Verdict verdict(String schema, String document) {
        boolean ours = false;
        try {
            ours = new Recogniser(compiler.compile(schema, SchemaOptions.CHECKING)
                            .automaton()
                            .start())
                    .accepts(document);
        } catch (UnsatisfiableException e) {
            // no document is valid
        }
        return new Verdict(
                ours,
                others.first(schema).accepts(document),
                others.second(schema).accepts(document));
    }

    /** What happened so far. */
    String summary() {
        return schemas + " schemas, " + pairs + " pairs judged (" + accepted + " valid, " + unjudged
                + " without a verdict of one of the others), seed " + seed + "\n  refused " + refused + "\n  explained "
                + disputed + "\n  unexplained " + wrong.size();
    }

    /** {@code PAIRS [SEED]}: with a line of progress. */
    public static void main(String[] args) {
        int pairs = Integer.parseInt(args[0]);
        DifferentialRun run = new DifferentialRun(args.length > 1 ? Long.parseLong(args[1]) : 20261120);
        int printed = 0;
        while (run.pairs < pairs) {
            run.next();
            if (run.wrong.size() > printed) {
                run.wrong.entrySet().stream()
                        .skip(printed)
                        .forEach(one -> System.out.println(one.getKey() + "\n  seed     " + one.getValue()));
                printed = run.wrong.size();
            }
            if (run.schemas % 200 == 0) {
                System.err.print("\r" + run.pairs + " of " + pairs + " pairs, " + printed + " unexplained");
            }
        }
        System.err.println();
        System.out.println(run.summary());
    }
}
