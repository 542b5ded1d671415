// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.judge;

import dev.espalier.jsonschemabench.run.Bundled;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where another validator is known to be wrong: the rows of {@code disputes.tsv}, which the differential tests of the schemas
 * module hold; {@code docs/reference/validators.md} explains each with the sentence that decides. Immutable.
 */
public final class KnownDisputes {

    private static final String RESOURCE = "/dev/espalier/schemas/disputes.tsv";
    private static final Map<String, String> DRAFTS =
            Map.of("draft-04", "4", "draft-06", "6", "draft-07", "7", "2019-09", "201909", "2020-12", "202012");

    private record Dispute(
            String name, String who, String they, String drafts, String schema, String document, int lastJava) {

        boolean explains(String by, boolean accepted, String draft, String minimal, String text) {
            return by.equals(who)
                    && (they.equals("either") || they.equals(accepted ? "accepts" : "refuses"))
                    && Runtime.version().feature() <= lastJava
                    && draft.matches(drafts)
                    && minimal.matches(schema)
                    && text.matches(document);
        }
    }

    private final List<Dispute> all;

    private KnownDisputes(List<Dispute> all) {
        this.all = all;
    }

    /** The table. */
    public static KnownDisputes read() {
        return new KnownDisputes(Bundled.text(KnownDisputes.class, RESOURCE)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t"))
                .map(row -> new Dispute(
                        row[0],
                        row[1],
                        row[2],
                        row[3],
                        row[4],
                        row[5],
                        row.length > 8 ? Integer.parseInt(row[8]) : Integer.MAX_VALUE))
                .toList());
    }

    /**
     * What explains that a validator judges otherwise than the engine.
     *
     * @param who {@code networknt} or {@code dev.harrel}
     * @param accepted what it says
     * @param metaschema what {@code $schema} names
     * @param minimal the schema, made as small as can be, without {@code $schema} and definitions
     * @param text the document, likewise
     * @return the name of the row; empty if there is none
     */
    public Optional<String> of(String who, boolean accepted, String metaschema, String minimal, String text) {
        String draft = DRAFTS.entrySet().stream()
                .filter(entry -> metaschema.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("202012");
        return all.stream()
                .filter(one -> one.explains(who, accepted, draft, minimal, text))
                .findFirst()
                .map(Dispute::name);
    }
}
