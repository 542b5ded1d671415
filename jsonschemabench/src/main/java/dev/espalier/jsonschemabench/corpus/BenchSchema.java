package dev.espalier.jsonschemabench.corpus;

import java.util.List;

/**
 * A schema and the instances that it must, or must not, accept.
 *
 * @param id the corpus' name for it, {@code maskbench/data/Dataset---name.json}
 * @param schema its text
 * @param tests its instances
 */
public record BenchSchema(String id, String schema, List<Instance> tests) {

    /**
     * An instance.
     *
     * @param valid whether the schema must accept it
     * @param data its JSON text as it stands in the corpus
     */
    public record Instance(boolean valid, String data) {}

    /** Copies the list. */
    public BenchSchema {
        tests = List.copyOf(tests);
    }

    /**
     * The data set that the id names: what comes before {@code ---}, or else before the first {@code _}, as in
     * {@code BFCL_sql_3.json}; empty if it names none.
     */
    public String dataset() {
        return dataset(id);
    }

    /** The data set that an id names, as {@link #dataset()}. */
    public static String dataset(String id) {
        String name = id.substring(id.lastIndexOf('/') + 1);
        int end = name.contains("---") ? name.indexOf("---") : name.indexOf('_');
        return end < 0 ? "" : name.substring(0, end);
    }
}
