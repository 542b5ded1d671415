package dev.espalier.jsonschemabench.infill;

import dev.espalier.core.error.InvalidInputException;
import dev.espalier.jsonschemabench.corpus.SchemaCorpus;
import dev.espalier.jsonschemabench.run.Bundled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The grammars that come with the harness, and behind them the schemas of a corpus. Immutable. */
public final class InfillCases {

    private static final List<String> GRAMMARS = List.of("json", "expression");

    private final List<InfillCase> grammars;
    private final Optional<SchemaCorpus> corpus;

    private InfillCases(List<InfillCase> grammars, Optional<SchemaCorpus> corpus) {
        this.grammars = grammars;
        this.corpus = corpus;
    }

    /**
     * The cases of a run.
     *
     * @param corpus the schemas
     * @param withGrammars whether the grammars that come with the harness are among them
     */
    public static InfillCases of(Optional<SchemaCorpus> corpus, boolean withGrammars) {
        List<InfillCase> own = new ArrayList<>();
        for (String name : withGrammars ? GRAMMARS : List.<String>of()) {
            List<String> texts =
                    Bundled.text(InfillCases.class, name + ".texts").lines().toList();
            own.add(new InfillCase(
                    "grammar/" + name,
                    InfillCase.GRAMMAR,
                    Bundled.text(InfillCases.class, name + ".gbnf"),
                    false,
                    texts));
        }
        return new InfillCases(own, corpus);
    }

    /** How many there are. */
    public int size() {
        return grammars.size() + corpus.map(SchemaCorpus::size).orElse(0);
    }

    String id(int index) {
        return index < grammars.size()
                ? grammars.get(index).id()
                : corpus.orElseThrow().id(index - grammars.size());
    }

    /**
     * One of them.
     *
     * @throws InvalidInputException if the corpus has no readable schema there
     */
    InfillCase get(int index) {
        return index < grammars.size()
                ? grammars.get(index)
                : InfillCase.of(corpus.orElseThrow().schema(index - grammars.size()));
    }
}
