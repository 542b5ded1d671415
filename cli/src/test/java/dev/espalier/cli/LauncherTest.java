// SPDX-License-Identifier: Apache-2.0
package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a made-up checkout, with stand-ins for Maven and Java that only say how they were called. */
class LauncherTest {

    @TempDir
    Path folder = Path.of("");

    private Path root = folder;
    private Path jdk = folder;

    private record Run(int code, String out, String err) {}

    @BeforeEach
    void checkout() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
        root = Files.createDirectories(folder.resolve("a check out"));
        Files.createDirectories(root.resolve("bin"));
        Files.copy(Path.of("../bin/espalier"), root.resolve("bin/espalier"));
        executable(root.resolve("bin/espalier"));
        Files.createDirectories(root.resolve("mask/src/main/java"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("mask/pom.xml"), "<project/>");
        Files.writeString(root.resolve("mask/src/main/java/A.java"), "class A {}");
        Files.createDirectories(root.resolve("jsonschemabench/src/main/java"));
        Files.writeString(root.resolve("jsonschemabench/src/main/java/B.java"), "class B {}");
        jdk = jdk("17.0.9");
        script(folder.resolve("tools/mvn"), """
                echo called >>"$COUNT"
                [ -n "${FAIL:-}" ] && { echo "[ERROR] no luck"; exit 1; }
                case "$*" in *"-pl jsonschemabench"*) modules="cli jsonschemabench" ;; *"-pl cli"*) modules=cli ;; esac
                echo jar >"$PWD/mask/a.jar"
                for module in $modules; do
                  mkdir -p $module/target
                  echo jar >"$module/target/espalier-$module-1.jar"
                  printf '%s' "$PWD/mask/a.jar" >$module/target/classpath.txt
                done
                echo "[INFO] Building Espalier: mask 1                                  [1/1]"
                """);
    }

    private Path jdk(String version) throws IOException {
        Path home = folder.resolve("jdk " + version);
        script(home.resolve("bin/java"), """
                for word in "$@"; do
                  case $word in
                    @*) cat "${word#@}" >"$COUNT.classpath" ;;
                    -XX:ArchiveClassesAtExit=*) echo classes >"${word#*=}" ;;
                    -*) ;;
                    *) printf '<%s>' "$word" ;;
                  esac
                done
                """);
        script(home.resolve("bin/javac"), "exit 0\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void script(Path path, String body) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + body);
        executable(path);
    }

    private static void executable(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run run(List<String> environment, Path launcher, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        builder.directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("tools") + ":/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("COUNT", folder.resolve("count").toString());
        environment.forEach(name -> builder.environment().put(name, "1"));
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher hangs");
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Run start(String... arguments) throws IOException, InterruptedException {
        return run(List.of(), root.resolve("bin/espalier"), arguments);
    }

    private long builds() throws IOException {
        Path count = folder.resolve("count");
        return Files.exists(count) ? Files.readAllLines(count).size() : 0;
    }

    @Test
    void theFirstStartBuildsAndLaterOnesDoNot() throws Exception {
        Run first = start("next", "a b", "");
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("[1/1] Espalier: mask"), first.err());
        assertTrue(first.out().endsWith("<dev.espalier.cli.Main><next><a b><>"), first.out());
        Run second = start("check");
        assertEquals("", second.err());
        assertTrue(second.out().endsWith("<dev.espalier.cli.Main><check>"), second.out());
        assertEquals(1, builds());
    }

    @Test
    void aReleaseRunsItsJarsAndBuildsNothing() throws Exception {
        Path release = folder.resolve("a release");
        Files.createDirectories(release.resolve("lib"));
        Path launcher = Files.createDirectories(release.resolve("bin")).resolve("espalier");
        Files.copy(Path.of("../bin/espalier"), launcher);
        executable(launcher);
        Run empty = run(List.of(), launcher, "x");
        assertEquals(3, empty.code());
        assertTrue(empty.err().contains("unpack the release anew"), empty.err());
        Files.writeString(release.resolve("lib/espalier-cli-1.jar"), "jar");
        Run run = run(List.of(), launcher, "next", "a b");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().endsWith("a release/lib/espalier-cli-1.jar><next><a b>"), run.out());
        assertEquals("", run.err());
        assertEquals(0, builds());
    }

    @Test
    void itIsFoundThroughLinksFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("one"), root.resolve("bin/espalier"));
        Path other = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        assertEquals(0, run(List.of(), link, "x").code());
        assertTrue(run(List.of(), other, "y").out().endsWith("<y>"));
        assertEquals(1, builds());
    }

    @Test
    void aChangedAddedOrDeletedSourceIsBuiltAgain() throws Exception {
        start("x");
        Path source = root.resolve("mask/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(3)));
        start("x");
        assertEquals(2, builds());
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        Files.delete(source);
        Files.setLastModifiedTime(
                root.resolve("mask/src/main/java"), FileTime.from(Instant.now().plusSeconds(3)));
        start("x");
        assertEquals(3, builds());
    }

    @Test
    void aMissingJarIsBuiltAgain() throws Exception {
        start("x");
        Files.delete(root.resolve("mask/a.jar"));
        assertEquals(0, start("x").code());
        assertEquals(2, builds());
    }

    @Test
    void aFailedBuildEndsWithThreeAndIsTriedAgain() throws Exception {
        Run failed = run(List.of("FAIL"), root.resolve("bin/espalier"), "x");
        assertEquals(3, failed.code());
        assertEquals("", failed.out());
        assertTrue(failed.err().contains("no luck") && failed.err().contains("build.log"), failed.err());
        assertEquals(0, start("x").code());
        assertEquals(2, builds());
    }

    @Test
    void theLockOfABuildThatWasKilledIsTakenOver() throws Exception {
        Path lock = Files.createDirectories(root.resolve("target/launcher/lock"));
        Files.writeString(lock.resolve("owner"), "999999999\n");
        assertEquals(0, start("x").code());
        assertEquals(1, builds());
        assertFalse(Files.exists(lock, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void anOldOrMissingJavaIsSaidPlainly() throws Exception {
        jdk = jdk("11.0.2");
        Run old = start("x");
        assertEquals(3, old.code());
        assertTrue(old.err().contains("11.0.2") && old.err().contains("17"), old.err());
        jdk = folder.resolve("nowhere");
        Run missing = start("x");
        assertEquals(3, missing.code());
        assertTrue(missing.err().contains("JAVA_HOME"), missing.err());
        assertEquals(0, builds());
    }

    @Test
    void anotherJavaGetsAnArchiveOfItsOwn() throws Exception {
        start("x");
        jdk = jdk("25.0.1");
        assertEquals(0, start("x").code());
        assertTrue(Files.exists(root.resolve("target/launcher/cli-17.0.9.jsa")));
        assertTrue(Files.exists(root.resolve("target/launcher/cli-25.0.1.jsa")));
        assertEquals(1, builds());
    }

    private String classPath() throws IOException {
        return Files.readString(folder.resolve("count.classpath"));
    }

    @Test
    void theHarnessIsBuiltAndOnTheClassPathForItsOwnCommandsOnly() throws Exception {
        start("next");
        assertFalse(classPath().contains("jsonschemabench"), classPath());
        assertTrue(classPath().contains("espalier-cli-1.jar"), classPath());
        Run bench = start("bench", "sprig");
        assertTrue(bench.out().endsWith("<dev.espalier.cli.Main><bench><sprig>"), bench.out());
        assertTrue(classPath().contains("espalier-jsonschemabench-1.jar"), classPath());
        assertEquals(2, builds());
        start("bench");
        start("next");
        assertEquals(2, builds());
    }

    @Test
    void aChangedHarnessIsBuiltAgainForItsOwnCommandsOnly() throws Exception {
        start("bench"); // which builds the command line, too
        start("next");
        assertEquals(1, builds());
        Files.setLastModifiedTime(
                root.resolve("jsonschemabench/src/main/java/B.java"),
                FileTime.from(Instant.now().plusSeconds(3)));
        start("next");
        assertEquals(1, builds());
        start("bench");
        assertEquals(2, builds());
    }
}
