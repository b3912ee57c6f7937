package oht50.metrics.ruleset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of rule files: all that end in {@code .yml} or {@code .yaml}, but for tests of rules.
 */
public final class RuleFolder {
  private RuleFolder() {}

  /**
   * Name -> text of each file.
   *
   * @throws IOException if the folder or a file cannot be read, or is no text
   */
  public static SortedMap<String, String> read(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.list(folder)) {
      paths = all.filter(path -> isRuleFile(path.getFileName().toString())).toList();
    }
    SortedMap<String, String> files = new TreeMap<>();
    for (Path path : paths) {
      files.put(path.getFileName().toString(), text(path));
    }
    return files;
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
  }

  private static boolean isRuleFile(String name) {
    boolean isYaml = name.endsWith(".yml") || name.endsWith(".yaml");
    boolean isTest = name.endsWith(".test.yml") || name.endsWith(".test.yaml");
    return isYaml && !isTest && !name.startsWith(".");
  }
}
