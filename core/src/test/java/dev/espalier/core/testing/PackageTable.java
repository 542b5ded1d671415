// SPDX-License-Identifier: Apache-2.0
package dev.espalier.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages of a module as a table of {@code docs/design/architecture.md} has them: each uses only those before it, and is small. */
public abstract class PackageTable {

    private static final int MOST_TYPES = 25;
    private static final int LARGEST_KNOT = 6;
    private static final Pattern NAME = Pattern.compile("`([\\w.]+)`");

    private final String root;
    private final String module;
    private final List<String> unsplit;
    private final Path sources;
    private final JavaClasses classes;

    /**
     * The table of a module.
     *
     * @param test a class in the module's own package
     * @param unsplit packages that are still too large
     */
    protected PackageTable(Class<?> test, String... unsplit) {
        this.root = test.getPackageName();
        this.module = root.substring(root.lastIndexOf('.') + 1);
        this.unsplit = List.of(unsplit);
        this.sources = Path.of("src/main/java", root.replace('.', '/'));
        this.classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(new ImportOption.DoNotIncludeJars())
                .withImportOption(this::isOfModule)
                .importPackages(root);
    }

    @Test
    public void packagesUseWhatTheTableSays() throws IOException {
        Map<String, TreeSet<String>> found = new TreeMap<>();
        for (JavaClass type : classes) {
            TreeSet<String> uses = found.computeIfAbsent(name(type), unused -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (isOfModule(target.getPackageName()) && !name(target).equals(name(type))) {
                    uses.add(name(target));
                }
            }
        }
        assertEquals(table(), found);
    }

    @Test
    public void aPackageUsesOnlyThoseBeforeIt() throws IOException {
        List<String> before = new ArrayList<>();
        for (Matcher row : rows()) {
            NAME.matcher(row.group(2))
                    .results()
                    .forEach(used -> assertTrue(before.contains(used.group(1)), row.group()));
            before.add(row.group(1).isEmpty() ? module : row.group(1));
        }
    }

    @Test
    public void packagesAreSmallAndSayWhatTheyAre() throws IOException {
        for (String name : table().keySet()) {
            Path folder = name.equals(module) ? sources : sources.resolve(name.replace('.', '/'));
            try (Stream<Path> files = Files.list(folder)) {
                long types =
                        files.filter(file -> file.toString().endsWith(".java")).count() - 1;
                assertTrue(types <= MOST_TYPES || unsplit.contains(name), folder + " has " + types + " types");
            }
            assertTrue(
                    Files.readString(folder.resolve("package-info.java")).startsWith("/**"), folder + " says nothing");
        }
    }

    @Test
    public void fewTypesNeedEachOther() {
        Map<String, TreeSet<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            TreeSet<String> own = uses.computeIfAbsent(outermost(type.getName()), unused -> new TreeSet<>());
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String target = outermost(
                        dependency.getTargetClass().getBaseComponentType().getName());
                if (!target.equals(outermost(type.getName()))) {
                    own.add(target);
                }
            }
        }
        uses.values().forEach(targets -> targets.retainAll(uses.keySet()));
        Map<String, TreeSet<String>> reached = new TreeMap<>();
        uses.keySet().forEach(type -> reached.put(type, reached(type, uses)));
        reached.forEach((type, all) -> {
            List<String> knot = all.stream()
                    .filter(other -> reached.get(other).contains(type))
                    .toList();
            assertTrue(knot.size() <= LARGEST_KNOT, () -> "these types all need each other: " + knot);
        });
    }

    private static String outermost(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** The types that one needs, directly or through others. */
    private static TreeSet<String> reached(String type, Map<String, TreeSet<String>> uses) {
        TreeSet<String> reached = new TreeSet<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            for (String next : uses.getOrDefault(open.pop(), new TreeSet<>())) {
                if (reached.add(next)) {
                    open.push(next);
                }
            }
        }
        return reached;
    }

    /** Whether a class is of this module: others may have packages below its own, or lie beside it. */
    private boolean isOfModule(String name) {
        return (name + ".").startsWith(root + ".")
                && Files.isDirectory(Path.of("src/main/java", name.replace('.', '/')));
    }

    private boolean isOfModule(Location location) {
        String path = location.asURI().getPath();
        int start = path.lastIndexOf("/" + root.replace('.', '/') + "/");
        return start >= 0
                && isOfModule(path.substring(start + 1, path.lastIndexOf('/')).replace('/', '.'));
    }

    private String name(JavaClass type) {
        String name = type.getPackageName().substring(root.length());
        return name.isEmpty() ? module : name.substring(1);
    }

    private Map<String, TreeSet<String>> table() throws IOException {
        Map<String, TreeSet<String>> table = new TreeMap<>();
        for (Matcher row : rows()) {
            TreeSet<String> uses = new TreeSet<>();
            NAME.matcher(row.group(2)).results().forEach(used -> uses.add(used.group(1)));
            table.put(row.group(1).isEmpty() ? module : row.group(1), uses);
        }
        return table;
    }

    private List<Matcher> rows() throws IOException {
        Pattern row = Pattern.compile("\\| `" + module + "\\.?([\\w.]*)` \\| .* \\| (.*) \\|");
        return Files.readAllLines(Path.of("..", "docs", "design", "architecture.md")).stream()
                .dropWhile(line -> !line.equals("### Packages of `" + module + "`"))
                .map(row::matcher)
                .filter(Matcher::matches)
                .toList();
    }
}
