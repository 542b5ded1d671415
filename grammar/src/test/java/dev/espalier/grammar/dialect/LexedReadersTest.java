// SPDX-License-Identifier: Apache-2.0
package dev.espalier.grammar.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.core.Cancellation;
import dev.espalier.core.Limits;
import dev.espalier.core.WorkBudget;
import dev.espalier.core.error.CancelledException;
import dev.espalier.core.error.LimitExceededException;
import dev.espalier.core.error.ReferenceException;
import dev.espalier.core.error.SyntaxException;
import dev.espalier.core.error.UnsupportedFeatureException;
import dev.espalier.grammar.DamagedTexts;
import dev.espalier.grammar.GrammarOptions;
import dev.espalier.grammar.antlr.AntlrReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers of grammars of tokens do with texts that are long, damaged or in several files. */
class LexedReadersTest {

    private static final String SMALL = "grammar G;\na : A ;\nb : A A ;\nA : 'x' ;\n";

    private final AntlrReader reader = new AntlrReader();

    @Test
    void damagedGrammarsEndInAResultOrATypedError() {
        DamagedTexts.read(DamagedTexts.ANTLR, reader::read);
    }

    @Test
    void longTextsTakeLinearTimeAndLittleStack() throws InterruptedException {
        String[] texts = {
            "grammar G; a : '" + "k".repeat(200_000) + "' ;",
            "grammar G; a : A" + " A".repeat(20_000) + " ; A : 'a' ;",
            "grammar G; a : A ; A : 'a'" + " | 'b'".repeat(20_000) + " ;",
            "grammar G; a : " + "(".repeat(999) + "'a'" + ")".repeat(999) + " ;"
        };
        Throwable[] failure = new Throwable[1];
        Thread small = new Thread(
                null,
                () -> {
                    for (String text : texts) {
                        reader.read(text);
                    }
                },
                "small",
                256 << 10);
        small.setUncaughtExceptionHandler((thread, thrown) -> failure[0] = thrown);
        small.start();
        small.join();
        assertNull(failure[0]);
        String deep = "grammar G; a : " + "(".repeat(1_001) + "'a'" + ")".repeat(1_001) + " ;";
        assertEquals(
                "maxNesting",
                assertThrows(LimitExceededException.class, () -> reader.read(deep))
                        .limit());
    }

    @Test
    void onlyWellFormedUtf8IsRead() {
        byte[] latin = "grammar G; a : '\u00e9' ;".getBytes(StandardCharsets.ISO_8859_1);
        SyntaxException wrong =
                assertThrows(SyntaxException.class, () -> reader.read("a.g4", latin, WorkBudget.standard()));
        assertTrue(String.valueOf(wrong.getMessage()).startsWith("a.g4:1:"), wrong.getMessage());
    }

    @Test
    void theStartRuleCanBeNamed() {
        assertEquals("a", reader.read(SMALL).rules().root());
        GrammarOptions options = GrammarOptions.DEFAULT.withRoot("b");
        assertEquals(
                "b", reader.read(SMALL, options, WorkBudget.standard()).rules().root());
        GrammarOptions wrong = GrammarOptions.DEFAULT.withRoot("c");
        assertThrows(ReferenceException.class, () -> reader.read(SMALL, wrong, WorkBudget.standard()));
        GrammarOptions parts = GrammarOptions.DEFAULT.withFrames(Set.of("ticket"));
        assertThrows(UnsupportedFeatureException.class, () -> reader.read(SMALL, parts, WorkBudget.standard()));
    }

    @Test
    void limitsAndCancellationsEndARead() {
        String text = "grammar G; a : A" + " A".repeat(2_000) + " ; A : 'a' ;";
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThrows(CancelledException.class, () -> reader.read(text, new WorkBudget(Limits.DEFAULT, cancelled)));
        WorkBudget small = new WorkBudget(Limits.DEFAULT.withMaxIrNodes(100), new Cancellation());
        assertThrows(LimitExceededException.class, () -> reader.read(text, small));
    }

    @Test
    void filesImportThoseBesideThem(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("Names.g4"), "lexer grammar Names; NAME : [a-z]+ ; A : 'imported' ;");
        Files.writeString(folder.resolve("Round.g4"), "grammar Round; import Round2; r : A ;");
        Files.writeString(folder.resolve("Round2.g4"), "grammar Round2; import Round;");
        GrammarOptions options = GrammarOptions.DEFAULT.withFolder(folder);
        String text = "grammar G;\nimport Names;\na : NAME A ;\nA : 'own' ;\n";
        assertEquals(
                2,
                reader.read(text, options, WorkBudget.standard()).modes().get(0).size());
        String round = "grammar G;\nimport Round;\na : A r ;\nA : 'x' ;\n";
        assertEquals(
                Set.of("a", "r"),
                reader.read(round, options, WorkBudget.standard())
                        .rules()
                        .rules()
                        .keySet());
        String missing = "grammar G;\nimport Missing;\na : A ;\nA : 'x' ;\n";
        assertThrows(ReferenceException.class, () -> reader.read(missing, options, WorkBudget.standard()));
        Path inside = Files.createDirectory(folder.resolve("inside"));
        String outside = "parser grammar G;\noptions { tokenVocab = '../Names'; }\na : NAME ;\n";
        GrammarOptions narrow = GrammarOptions.DEFAULT.withFolder(inside);
        assertThrows(ReferenceException.class, () -> reader.read(outside, narrow, WorkBudget.standard()));
    }
}
