package oht50.metrics.yaml;

import java.io.StringReader;
import java.util.Iterator;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A file that is read, and what is found wrong with it.
 *
 * <p>The parser is the one below Jackson's YAML: its nodes, unlike Jackson's tokens, know how a
 * text was quoted, which says where in the file a part of it stands, and follow aliases.
 */
public final class YamlSource {
  private static final int LONGEST = 64 * 1024 * 1024; // characters

  private final String name;
  private final boolean ignoresUnknown;
  private final List<Finding> findings;
  private final int[] text; // code points

  private YamlSource(String name, String text, boolean ignoresUnknown, List<Finding> findings) {
    this.name = name;
    this.ignoresUnknown = ignoresUnknown;
    this.findings = findings;
    this.text = text.codePoints().toArray();
  }

  /**
   * Reads the first document of a file.
   *
   * @param name for findings
   * @param ignoresUnknown whether fields that nobody knows are no fault
   * @param findings gets what is wrong
   * @return the value of the whole file; null if there is none or it is no YAML
   */
  public static YamlValue read(
      String name, String text, boolean ignoresUnknown, List<Finding> findings) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    YamlSource source = new YamlSource(name, text, ignoresUnknown, findings);
    try {
      Iterator<Node> documents =
          new Yaml(new SafeConstructor(options)).composeAll(new StringReader(text)).iterator();
      YamlValue first = documents.hasNext() ? new YamlValue(source, documents.next()) : null;
      YamlValue second = documents.hasNext() ? new YamlValue(source, documents.next()) : null;
      if (second != null && !second.isNull()) {
        second.fault("a second document, which nobody would read; make it a file of its own");
      }
      return first;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      findings.add(
          new Finding(
              name,
              mark == null ? 0 : mark.getLine() + 1,
              mark == null ? 0 : mark.getColumn() + 1,
              "this is no YAML: " + e.getProblem()));
    } catch (YAMLException e) {
      findings.add(
          Finding.ofFile(
              name,
              "this is no YAML: " + e.getMessage().lines().findFirst().orElse("cannot be read")));
    }
    return null;
  }

  String name() {
    return name;
  }

  boolean ignoresUnknown() {
    return ignoresUnknown;
  }

  int[] text() {
    return text;
  }

  void add(Finding finding) {
    findings.add(finding);
  }
}
