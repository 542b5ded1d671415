package dev.espalier.schemas;

import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.zip.GZIPInputStream;

final class One {
    public static void main(String[] args) throws Exception {
        Map<String, String> found = new TreeMap<>();
        Set<String> want = new HashSet<>(List.of(args));
        try (DirectoryStream<Path> st = Files.newDirectoryStream(Path.of("/work/shared/jsonschemabench"), "*.gz")) {
            for (Path p : st)
                try (BufferedReader r = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(Files.newInputStream(p)), "UTF-8"))) {
                    for (String l; (l = r.readLine()) != null; )
                        for (String w : want)
                            if (l.substring(0, Math.min(120, l.length())).contains("---" + w + ".json"))
                                found.put(w, l);
                }
        }
        SchemaCompiler c = new SchemaCompiler();
        Thread main = Thread.currentThread();
        Map<String, Integer> prof = new HashMap<>();
        Thread t = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(10);
                    for (Thread x : Thread.getAllStackTraces().keySet())
                        if (x == main || x.getName().contains("deep")) {
                            StackTraceElement[] s = x.getStackTrace();
                            if (s.length == 0 || s[0].getMethodName().equals("wait")) continue;
                            LinkedHashSet<String> ms = new LinkedHashSet<>();
                            for (int i = 0; i < Math.min(s.length, 60); i++)
                                ms.add(s[i].getClassName().replace("dev.espalier.schemas.", "") + "."
                                        + s[i].getMethodName());
                            boolean first = true;
                            for (String m : ms) {
                                synchronized (prof) {
                                    prof.merge((first ? "SELF " : "") + m, 1, Integer::sum);
                                }
                                first = false;
                            }
                        }
                }
            } catch (Exception e) {
            }
        });
        t.setDaemon(true);
        t.start();
        for (var e : found.entrySet()) {
            Map<String, String> m = RawJson.members(e.getValue());
            synchronized (prof) {
                prof.clear();
            }
            long b = System.nanoTime();
            Verdicts v = new Verdicts();
            List<Verdicts.Document> docs = new ArrayList<>();
            for (String d : RawJson.items(m.get("tests"))) {
                var x = RawJson.members(d);
                docs.add(new Verdicts.Document(x.get("data"), x.get("valid").equals("true"), ""));
            }
            try {
                c.compile(m.get("schema"), SchemaOptions.CHECKING);
            } catch (Exception x) {
                System.out.println(x);
            }
            System.out.println(e.getKey() + " compile " + (System.nanoTime() - b) / 1000 + " us, schema bytes "
                    + m.get("schema").length());
            b = System.nanoTime();
            for (var d : docs) {
                v.check(c, e.getKey(), m.get("schema"), List.of(d), SchemaOptions.CHECKING);
                System.out.println("   doc " + d.text().length() + " " + (System.nanoTime() - b) / 1000 + " us");
                b = System.nanoTime();
            }
            System.out.println(v.summary(e.getKey()) + v.wrong);
            synchronized (prof) {
                prof.entrySet().stream()
                        .sorted((x, y) -> y.getValue() - x.getValue())
                        .limit(25)
                        .forEach(x -> System.out.println("      " + x));
            }
        }
    }
}
