// SPDX-License-Identifier: Apache-2.0

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What javac's parser says of texts, which are separated by NUL: the first fault of each, or nothing. */
public final class JudgeJava {

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///A.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    public static void main(String[] arguments) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringBuilder reasons = new StringBuilder();
        for (String text : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\0", -1)) {
            DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, null, found, List.of("--release", "17", "-proc:none"), null, List.of(new Source(text)));
            task.parse();
            reasons.append(reasons.isEmpty() ? "" : "\0");
            found.getDiagnostics().stream()
                    .filter(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
                    .findFirst()
                    .ifPresentOrElse(
                            fault -> reasons.append(fault.getMessage(Locale.ENGLISH)), () -> reasons.append("-"));
        }
        System.out.print(reasons);
    }
}
