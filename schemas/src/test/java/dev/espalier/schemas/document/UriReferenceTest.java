// SPDX-License-Identifier: Apache-2.0
package dev.espalier.schemas.document;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UriReferenceTest {

    private static String resolved(String base, String reference) {
        UriReference uri = UriReference.resolve(base, reference);
        return uri.withoutFragment() + (uri.fragment() == null ? "" : "#" + uri.fragment());
    }

    @Test
    void theExamplesOfTheStandardHold() {
        // RFC 3986, section 5.4
        String[][] examples = {
            {"g:h", "g:h"},
            {"g", "http://a/b/c/g"},
            {"./g", "http://a/b/c/g"},
            {"g/", "http://a/b/c/g/"},
            {"/g", "http://a/g"},
            {"//g", "http://g"},
            {"?y", "http://a/b/c/d;p?y"},
            {"g?y", "http://a/b/c/g?y"},
            {"#s", "http://a/b/c/d;p?q#s"},
            {"g?y#s", "http://a/b/c/g?y#s"},
            {";x", "http://a/b/c/;x"},
            {"", "http://a/b/c/d;p?q"},
            {".", "http://a/b/c/"},
            {"..", "http://a/b/"},
            {"../g", "http://a/b/g"},
            {"../..", "http://a/"},
            {"../../../g", "http://a/g"},
            {"/./g", "http://a/g"},
            {"/../g", "http://a/g"},
            {"g.", "http://a/b/c/g."},
            {"..g", "http://a/b/c/..g"},
            {"./g/.", "http://a/b/c/g/"},
            {"g;x=1/../y", "http://a/b/c/y"},
            {"g#s/../x", "http://a/b/c/g#s/../x"},
        };
        for (String[] example : examples) {
            assertEquals(example[1], resolved("http://a/b/c/d;p?q", example[0]), example[0]);
        }
    }

    @Test
    void referencesWithoutPathKeepWhateverTheBaseIs() {
        assertEquals("urn:example:a?+r#x", resolved("urn:example:a?+r", "#x"));
        assertEquals("a/b.json#x", resolved("a/b.json", "#x"));
        assertEquals("c.json", resolved("a/b.json", "../c.json"));
        assertEquals("file:///C:/y", resolved("file:///C:/x", "y"));
        assertEquals("http://example.org/A", resolved("", "HTTP://EXAMPLE.org/A"));
    }

    @Test
    void randomReferencesAreResolvedAsTheLibraryDoes() {
        long seed = 20261120;
        Random random = new Random(seed);
        List<String> segments = List.of("a", "b", "..", ".", "c.d");
        for (int i = 0; i < 5000; i++) {
            StringBuilder reference = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
            int count = 1 + random.nextInt(4);
            for (int s = 0; s < count; s++) {
                reference.append(s == 0 ? "" : "/").append(segments.get(random.nextInt(segments.size())));
            }
            // what would be above the root is dropped by the standard, and kept by the library
            String expected = URI.create("http://h/1/2/3/4/5/6")
                    .resolve(reference + "/x")
                    .normalize()
                    .toString();
            if (!expected.contains("..")) {
                assertEquals(expected, resolved("http://h/1/2/3/4/5/6", reference + "/x"), "seed " + seed);
            }
        }
    }
}
