// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.networknt.schema.SchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetaschemasTest {

    private static final Path RESOURCES = Path.of("src/main/resources/dev/espalier/schemas/document/metaschemas");

    private static List<String> paths() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> RESOURCES.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void eachIsWordForWordWhatAValidatorHas() throws IOException {
        Metaschemas metaschemas = new Metaschemas();
        List<String> paths = paths();
        assertEquals(19, paths.size());
        for (String path : paths) {
            String scheme = path.startsWith("draft-") ? "http" : "https";
            try (InputStream foreign = SchemaRegistry.class.getClassLoader().getResourceAsStream(path)) {
                assertNotNull(foreign, path);
                assertEquals(
                        new String(foreign.readAllBytes(), StandardCharsets.UTF_8),
                        metaschemas.text(scheme + "://json-schema.org/" + path),
                        path);
            }
        }
    }

    @Test
    void otherNamesHaveNone() {
        for (String uri : List.of(
                "https://json-schema.org/draft/2020-12/meta/format",
                "https://json-schema.org/draft/2019-09/meta/unevaluated",
                "https://json-schema.org/draft/2020-12/meta/",
                "https://example.org/draft/2020-12/schema",
                "draft-07/schema")) {
            assertNull(new Metaschemas().text(uri), uri);
        }
    }
}
