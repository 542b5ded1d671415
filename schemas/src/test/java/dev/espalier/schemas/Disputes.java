// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Where another validator is known to be wrong: the rows of {@code disputes.tsv}. {@code docs/reference/validators.md} explains each
 * with the sentence that decides.
 */
@NullUnmarked
final class Disputes {

    /**
     * One way to be wrong. The patterns are for whole texts of pairs that were made minimal.
     *
     * @param name the heading in the documentation
     * @param who the validator
     * @param they {@code accepts}, {@code refuses} or {@code either}
     * @param drafts a pattern for the draft's number
     * @param schema a pattern for the schema without {@code $schema} and definitions
     * @param document a pattern for the document
     * @param exampleSchema a schema without {@code $schema}
     * @param exampleDocument a document that is judged wrongly
     * @param lastJava the last Java release with it, where Java's library is to blame
     */
    record Dispute(
            String name,
            String who,
            String they,
            String drafts,
            String schema,
            String document,
            String exampleSchema,
            String exampleDocument,
            int lastJava) {

        private boolean explains(String by, boolean accepted, String draft, String text, String judged) {
            return by.equals(who)
                    && (they.equals("either") || they.equals(accepted ? "accepts" : "refuses"))
                    && draft.matches(drafts)
                    && text.matches(schema)
                    && judged.matches(document);
        }
    }

    private final List<Dispute> all;

    private Disputes(List<Dispute> all) {
        this.all = all;
    }

    static Disputes read() {
        try (InputStream in = Objects.requireNonNull(Disputes.class.getResourceAsStream("disputes.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new Disputes(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(row -> new Dispute(
                            row[0],
                            row[1],
                            row[2],
                            row[3],
                            row[4],
                            row[5],
                            row[6],
                            row[7],
                            row.length > 8 ? Integer.parseInt(row[8]) : Integer.MAX_VALUE))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Dispute> all() {
        return all;
    }

    /**
     * What explains that others accept or refuse.
     *
     * @param who a validator, or {@code both}: then there must be an explanation for each
     * @return the names of the explanations; null if one is missing
     */
    @Nullable
    String of(String who, boolean accepted, Object schema, String document) {
        if (who.equals("both")) {
            String one = of("networknt", accepted, schema, document);
            String two = of("dev.harrel", accepted, schema, document);
            return one == null || two == null ? null : one + ", " + two;
        }
        Map<Object, Object> bare = new LinkedHashMap<>((Map<?, ?>) schema);
        String uri = String.valueOf(bare.remove("$schema"));
        String draft = uri.contains("draft-0") ? uri.replaceAll(".*draft-0|/.*", "") : uri.replaceAll("\\D", "");
        bare.keySet().removeAll(List.of("$defs", "definitions"));
        String text = SpelledJson.plain(bare);
        return all.stream()
                .filter(one -> one.explains(who, accepted, draft, text, document))
                .findFirst()
                .map(one -> who + " " + one.name())
                .orElse(null);
    }
}
