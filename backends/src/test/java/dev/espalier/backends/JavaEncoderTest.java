// SPDX-License-Identifier: Apache-2.0
package dev.espalier.backends;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.espalier.core.testing.RandomTrials;
import dev.espalier.core.testing.TestData;
import dev.espalier.mask.encoder.TextEncoders;
import dev.espalier.mask.vocabulary.TextEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder in Java against the native one, on texts that spell no special token. */
class JavaEncoderTest {

    private static final String[] PIECES = {
        "the ",
        " and",
        "Hello",
        "don't",
        "I'LL",
        "{\"a\": [1, 2.5]}",
        "if (x < 10) {\n    return x;\n}\n",
        "  ",
        "\t",
        "\r\n",
        "\n\n\n",
        "1234567",
        "\u4f60\u597d",
        "\ud55c\uad6d\uc5b4",
        "\u0645\u0631\u062d\u0628\u0627",
        "e\u0301",
        "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
        "\u3000",
        "...",
        "=>",
        "_"
    };

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            if (random.nextInt(3) > 0) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            } else {
                int block = new int[] {0x20, 0xc0, 0x391, 0x410, 0x5d0, 0x4e00, 0xac00, 0x1f300, 0x1f600}
                        [random.nextInt(9)];
                text.appendCodePoint(block + random.nextInt(0x10));
            }
        }
        return text.toString();
    }

    @RandomTrials(100)
    void ofTheEmbeddedTokenizerBothChooseTheSameTokens(Random random) throws IOException {
        ModelFiles files = Family.of("llama2").files();
        TextEncoder java = TextEncoders.read(files.open("tokenizer.json"), "tokenizer.json");
        try (HuggingFaceEncoder library = HuggingFaceEncoder.read(files, "tokenizer.json")) {
            String text = text(random);
            assertArrayEquals(library.encode(text), java.encode(text), text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama2", "qwen3"})
    void ofRealTokenizersBothChooseTheSameTokens(String name) {
        TextEncoder java = TextEncoders.read(TestData.tokenizer(name));
        try (HuggingFaceEncoder library =
                HuggingFaceEncoder.read(new OneFile(TestData.tokenizer(name)), "tokenizer.json")) {
            Random random = new Random(1);
            for (int i = 0; i < 3000; i++) {
                String text = text(random);
                assertArrayEquals(library.encode(text), java.encode(text), text);
            }
        }
    }

    private record OneFile(Path file) implements ModelFiles {

        @Override
        public boolean contains(String name) {
            return true;
        }

        @Override
        public InputStream open(String name) throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        public OptionalLong size(String name) {
            return OptionalLong.empty();
        }

        @Override
        public String describe(String name) {
            return file.toString();
        }
    }
}
