// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.report;

import dev.espalier.jsonschemabench.run.Bundled;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Apache ECharts, as its WebJar brings it along on the class path. */
final class PlottingLibrary {

    private static final String VERSION = "/META-INF/maven/org.webjars/echarts/pom.properties";
    private static final String SCRIPT = "/META-INF/resources/webjars/echarts/%s/echarts.common.min.js";

    private PlottingLibrary() {}

    /** The script, fit for a {@code <script>} element. */
    static String script() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(VERSION)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text(String.format(SCRIPT, properties.getProperty("version"))).replace("</script", "<\\/script");
    }

    /** The text of a resource: by its name beside this class, or from the root of the class path. */
    static String text(String resource) {
        return Bundled.text(PlottingLibrary.class, resource);
    }
}
