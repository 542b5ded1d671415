// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.infill;

import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.Bundled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The grammars that come with the harness, and behind them the schemas of a corpus.
 *
 * @param all each is read when it is its turn
 */
public record InfillCases(List<Unread> all) {

    /**
     * A case that is not read yet.
     *
     * @param id what tells it apart from the others
     * @param reader reads it; fails with an {@link dev.espalier.core.error.InvalidInputException} if it is not readable
     */
    record Unread(String id, Supplier<InfillCase> reader) {}

    /**
     * The cases of a run.
     *
     * @param withGrammars whether those that come with the harness are among them
     */
    public static InfillCases of(Optional<SchemaCorpus> corpus, boolean withGrammars) {
        List<Unread> all = new ArrayList<>();
        for (String name : withGrammars ? List.of("json", "expression") : List.<String>of()) {
            String id = InfillCase.GRAMMAR + "/" + name;
            String source = Bundled.text(InfillCases.class, name + ".gbnf");
            List<String> texts =
                    Bundled.text(InfillCases.class, name + ".texts").lines().toList();
            InfillCase grammar = new InfillCase(id, InfillCase.GRAMMAR, source, false, texts);
            all.add(new Unread(id, () -> grammar));
        }
        corpus.ifPresent(schemas -> {
            for (int i = 0; i < schemas.size(); i++) {
                int index = i;
                all.add(new Unread(schemas.id(i), () -> InfillCase.of(schemas.schema(index))));
            }
        });
        return new InfillCases(all);
    }

    /** How many there are. */
    public int size() {
        return all.size();
    }
}
