package dev.espalier.jsonschemabench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Apache ECharts, as its WebJar brings it along on the class path. */
final class PlottingLibrary {

    private static final String VERSION = "/META-INF/maven/org.webjars/echarts/pom.properties";
    private static final String SCRIPT = "/META-INF/resources/webjars/echarts/%s/echarts.common.min.js";

    private PlottingLibrary() {}

    /** The script, fit for a {@code <script>} element. */
    static String script() {
        Properties properties = new Properties();
        try (InputStream stream = open(VERSION)) {
            properties.load(stream);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + VERSION + " cannot be read", e);
        }
        return text(String.format(SCRIPT, properties.getProperty("version"))).replace("</script", "<\\/script");
    }

    /** The text of a resource: by its name beside this class, or from the root of the class path. */
    static String text(String resource) {
        try (InputStream stream = open(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the resource " + resource + " cannot be read", e);
        }
    }

    private static InputStream open(String resource) {
        InputStream stream = PlottingLibrary.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("the resource " + resource + " is missing");
        }
        return stream;
    }
}
