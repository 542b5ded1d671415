// SPDX-License-Identifier: Apache-2.0
package dev.espalier.jsonschemabench.cold;

import java.util.ArrayList;
import java.util.List;

/**
 * A way to start.
 *
 * @param vocabulary whether the vocabulary is prepared
 * @param warm whether the compiler is warmed up before it is asked for anything
 * @param launcher whether the machine is started with the options of {@code bin/espalier}, its archive of classes among them
 */
record ColdVariant(boolean vocabulary, boolean warm, boolean launcher) {

    /** All, those of a plain machine first. */
    static List<ColdVariant> all() {
        List<ColdVariant> all = new ArrayList<>();
        for (boolean launcher : new boolean[] {false, true}) {
            all.add(new ColdVariant(false, false, launcher));
            all.add(new ColdVariant(true, false, launcher));
            all.add(new ColdVariant(true, true, launcher));
        }
        return all;
    }

    /** The options of the Java machine. */
    List<String> options(List<String> ownOptions) {
        List<String> options = new ArrayList<>();
        if (launcher) {
            options.addAll(List.of("-Xshare:auto", "-Xlog:disable", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            ownOptions.stream()
                    .filter(option -> option.startsWith("-XX:SharedArchiveFile="))
                    .forEach(options::add);
        }
        return options;
    }

    @Override
    public String toString() {
        return (vocabulary ? "prepared vocabulary" : "tokenizer.json")
                + ", schema"
                + (warm ? ", warmed up" : "")
                + (launcher ? ", as bin/espalier" : ", plain java");
    }
}
