// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas;

import static dev.espalier.schemas.FiniteWorld.map;

import dev.espalier.core.WorkBudget;
import dev.espalier.core.work.DeepStack;
import dev.espalier.grammar.regex.RegexReader;
import dev.espalier.schemas.atom.Atoms;
import dev.espalier.schemas.check.SchemaCheck;
import dev.espalier.schemas.diagram.AtomSet;
import dev.espalier.schemas.diagram.Diagrams;
import dev.espalier.schemas.document.Metaschemas;
import dev.espalier.schemas.document.SchemaDocuments;
import dev.espalier.schemas.formula.Formulas;
import dev.espalier.schemas.formula.Lanes;
import dev.espalier.schemas.language.SchemaLanguage;
import dev.espalier.schemas.number.NumberLanguages;
import dev.espalier.schemas.options.SchemaOptions;
import dev.espalier.schemas.pattern.Patterns;
import dev.espalier.schemas.work.Deadline;
import dev.espalier.schemas.work.Learned;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Some schemas as the lanes of one language, and what a naive validator says of them. */
@org.jspecify.annotations.NullUnmarked
public final class LanesOfSchemas {

    private final WorkBudget budget = WorkBudget.standard();
    private final List<NaiveValidator> validators = new ArrayList<>();
    private final int[] numbers;
    private final SchemaLanguage language;

    /** The lanes of some schemas, which refer to nothing. */
    public LanesOfSchemas(List<Map<String, Object>> schemas) {
        schemas.forEach(schema -> validators.add(new NaiveValidator(schema)));
        Map<String, Object> properties = new LinkedHashMap<>();
        for (int i = 0; i < schemas.size(); i++) {
            properties.put("s" + i, schemas.get(i));
        }
        SchemaOptions options = SchemaOptions.DEFAULT;
        String text = SpelledJson.plain(map("properties", properties));
        SchemaDocuments documents = new SchemaDocuments(text, options, options.limits(), new Metaschemas());
        Patterns patterns =
                new Patterns(new RegexReader(), new ConcurrentHashMap<>(), new Learned<>(1 << 20), false, budget);
        SchemaCheck check = new SchemaCheck(documents, options, patterns);
        this.numbers = new int[schemas.size()];
        this.language = call(() -> {
            check.run();
            Deadline deadline = new Deadline(options.limits());
            Lanes lanes = new Lanes(documents, check.scopes(), check.hasLoops());
            Diagrams diagrams = new Diagrams(options.limits().maxIrNodes(), deadline);
            Atoms atoms = new Atoms(diagrams, check.alternatives(), check.checkedAtEnd());
            Formulas formulas = new Formulas(lanes, diagrams, atoms, patterns, options);
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = lanes.target(lanes.of(documents
                                .root()
                                .resource()
                                .document()
                                .walk(documents.root(), "/properties/s" + i, new ArrayList<>())))
                        .lane();
            }
            return new SchemaLanguage(lanes, diagrams, atoms, formulas, new NumberLanguages(), options, deadline);
        });
    }

    /** Does what needs the language, with time for it and on a stack that is deep enough. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return this;
        });
    }

    private <T> T call(Supplier<T> work) {
        return budget.meter().run(() -> DeepStack.call(1_000, work));
    }

    public SchemaLanguage language() {
        return language;
    }

    /** The lane of a schema; those of equal schemas are one. */
    public int lane(int schema) {
        return numbers[schema];
    }

    /** Whether a schema allows a value. */
    public boolean allows(int schema, Object value) {
        return validators.get(schema).isValid(value);
    }

    /** The lanes that are good for a value. */
    public AtomSet lanes(Object value) {
        BitSet lanes = new BitSet();
        for (int schema = 0; schema < numbers.length; schema++) {
            lanes.set(numbers[schema], allows(schema, value));
        }
        return AtomSet.of(lanes);
    }
}
