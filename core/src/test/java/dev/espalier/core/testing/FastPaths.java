// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.espalier.core.oracle.FastPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fast paths of a module: each has the test that its {@link FastPath} names. */
public abstract class FastPaths {

    private final String root;
    private final int least;

    /**
     * The fast paths of a module.
     *
     * @param test a class in the module's own package
     * @param least fewer annotated classes are a fault of this test
     */
    protected FastPaths(Class<?> test, int least) {
        this.root = test.getPackageName();
        this.least = least;
    }

    @Test
    public void eachFastPathHasTheTestThatItNames() throws IOException {
        Map<String, String> oracles = new TreeMap<>();
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ImportOption.DoNotIncludeJars())
                .importPackages(root);
        for (JavaClass type : classes) {
            type.tryGetAnnotationOfType(FastPath.class)
                    .ifPresent(path -> oracles.put(type.getSimpleName(), path.oracle()));
        }
        assertTrue(oracles.size() >= least, "only " + oracles.keySet());
        for (Map.Entry<String, String> path : oracles.entrySet()) {
            assertTrue(isThere(path.getValue()), path.getKey() + " names " + path.getValue() + ": no such test");
        }
    }

    /** Whether there is a source of that name in this module's tests, or in those of the module before the colon. */
    private static boolean isThere(String oracle) throws IOException {
        int colon = oracle.indexOf(':');
        Path module = colon < 0 ? Path.of("") : Path.of("..", oracle.substring(0, colon));
        try (Stream<Path> files = Files.walk(module.resolve("src/test/java"))) {
            return files.anyMatch(file -> file.endsWith(oracle.substring(colon + 1) + ".java"));
        }
    }
}
