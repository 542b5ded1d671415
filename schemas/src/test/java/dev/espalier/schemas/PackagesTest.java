package dev.espalier.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of this module, as {@code docs/architecture.md} has them. */
class PackagesTest {

    private static final String ROOT = "dev.espalier.schemas";
    private static final int MOST_TYPES = 25;
    private static final Pattern ROW = Pattern.compile("\\| `schemas\\.?(\\w*)` \\| .* \\| (.*) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "espalier", "schemas");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesUseWhatTheTableSays() throws IOException {
        Map<String, TreeSet<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            TreeSet<String> uses = found.computeIfAbsent(name(type), unused -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (target.getPackageName().startsWith(ROOT) && !name(target).equals(name(type))) {
                    uses.add(name(target));
                }
            }
        }
        assertEquals(table(), found);
    }

    @Test
    void aPackageUsesOnlyThoseBeforeIt() throws IOException {
        List<String> before = new ArrayList<>();
        for (Matcher row : rows()) {
            NAME.matcher(row.group(2))
                    .results()
                    .forEach(used -> assertTrue(before.contains(used.group(1)), row.group()));
            before.add(row.group(1));
        }
    }

    @Test
    void packagesAreSmallAndSayWhatTheyAre() throws IOException {
        for (String name : table().keySet()) {
            Path folder = SOURCES.resolve(name);
            try (Stream<Path> files = Files.list(folder)) {
                long types =
                        files.filter(file -> file.toString().endsWith(".java")).count() - 1;
                assertTrue(types > 0 && types <= MOST_TYPES, folder + " has " + types + " types");
            }
            assertTrue(
                    Files.readString(folder.resolve("package-info.java")).startsWith("/**"), folder + " says nothing");
        }
    }

    private static String name(JavaClass type) {
        String name = type.getPackageName().substring(ROOT.length());
        return name.isEmpty() ? "" : name.substring(1);
    }

    private static Map<String, TreeSet<String>> table() throws IOException {
        Map<String, TreeSet<String>> table = new TreeMap<>();
        for (Matcher row : rows()) {
            TreeSet<String> uses = new TreeSet<>();
            NAME.matcher(row.group(2)).results().forEach(used -> uses.add(used.group(1)));
            table.put(row.group(1), uses);
        }
        return table;
    }

    private static List<Matcher> rows() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "architecture.md")).stream()
                .dropWhile(line -> !line.equals("### Packages of `schemas`"))
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();
    }
}
