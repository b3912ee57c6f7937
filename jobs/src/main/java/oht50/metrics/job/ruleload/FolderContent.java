package oht50.metrics.job.ruleload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.ruleset.RuleFolder;

/**
 * What is in a folder of rule files at a moment.
 *
 * @param files name -> text; empty if it cannot be read
 * @param fault why it cannot be read, else null
 */
record FolderContent(SortedMap<String, String> files, String fault) {
  static FolderContent of(Path folder) {
    try {
      return new FolderContent(RuleFolder.read(folder), null);
    } catch (IOException e) {
      return new FolderContent(new TreeMap<>(), "cannot be read: " + e);
    }
  }

  static FolderContent of(SortedMap<String, String> files) {
    return new FolderContent(files, null);
  }
}
