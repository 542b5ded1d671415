// SPDX-License-Identifier: Apache-2.0
package dev.espalier.spark.journal;

import dev.espalier.core.error.InvalidInputException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a journal: files of lines, each written by one attempt of one task. */
public final class JournalFolder {

    private static final String SUFFIX = ".jsonl";

    final FileSystem files;
    private final Path folder;

    private JournalFolder(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /**
     * A folder, which is made if it is not there.
     *
     * @param path as Hadoop has it
     * @throws InvalidInputException if it cannot be made
     */
    public static JournalFolder open(String path, Configuration hadoop) {
        try {
            Path folder = new Path(path);
            FileSystem files = folder.getFileSystem(hadoop);
            if (files instanceof ChecksumFileSystem checked) {
                files = checked.getRawFileSystem(); // checksums come late, and a line must be there when it is written
            }
            files.mkdirs(folder);
            return new JournalFolder(files, folder);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException("journal: " + path + " is no folder: " + e.getMessage(), e);
        }
    }

    /** A file that is not there yet. */
    Path newFile() {
        return new Path(folder, UUID.randomUUID() + SUFFIX);
    }

    /** All files, as they are now. */
    FileStatus[] list() throws IOException {
        return files.listStatus(folder, path -> path.getName().endsWith(SUFFIX));
    }
}
