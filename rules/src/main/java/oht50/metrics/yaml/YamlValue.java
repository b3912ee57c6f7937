package oht50.metrics.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of a file and its place. */
public final class YamlValue {
  private final YamlSource source;
  private final Node node;

  YamlValue(YamlSource source, Node node) {
    this.source = source;
    this.node = node;
  }

  Node node() {
    return node;
  }

  YamlSource source() {
    return source;
  }

  /** From 1. */
  public int line() {
    return node.getStartMark().getLine() + 1;
  }

  /** From 1. */
  public int column() {
    return node.getStartMark().getColumn() + 1;
  }

  public boolean isNull() {
    return node.getTag().equals(Tag.NULL);
  }

  /** Something wrong at the place of this value. */
  public void fault(String message) {
    source.add(finding(message));
  }

  /** Notes a finding of this file. */
  public void add(Finding finding) {
    source.add(finding);
  }

  public Finding finding(String message) {
    return new Finding(source.name(), line(), column(), message);
  }

  /** A finding at a part of this text. */
  public Finding findingAt(int index, String message) {
    if (!(node instanceof ScalarNode scalar)) {
      return finding(message);
    }
    Mark mark = node.getStartMark();
    int at = new ScalarPlaces(source.text(), mark.getIndex(), scalar).placeOf(index);
    int line = mark.getLine() + 1;
    int column = mark.getColumn() + 1;
    for (int i = mark.getIndex(); i < at; i++) {
      boolean isBreak = source.text()[i] == '\n';
      line += isBreak ? 1 : 0;
      column = isBreak ? 1 : column + 1;
    }
    return new Finding(source.name(), line, column, message);
  }

  /** Something wrong at a part of this text. */
  public void faultAt(int index, String message) {
    source.add(findingAt(index, message));
  }

  /**
   * The text of a scalar as it stands, whatever its type; empty for nothing.
   *
   * @param what the value's name, for messages
   * @return null if it is no scalar, which is noted
   */
  public String text(String what) {
    if (isNull()) {
      return "";
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    fault(what + " is a text, not " + kind());
    return null;
  }

  /** Whether a number or truth value was written without quotes. */
  public boolean isOfType(Tag tag) {
    return node.getTag().equals(tag);
  }

  /** The elements of a list; empty for nothing, and noted if it is no list. */
  public List<YamlValue> items(String what) {
    List<YamlValue> items = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(each -> items.add(new YamlValue(source, each)));
    } else if (!isNull()) {
      fault(what + " is a list, not " + kind());
    }
    return items;
  }

  private String kind() {
    return node instanceof MappingNode
        ? "fields with values"
        : node instanceof SequenceNode ? "a list" : "a single value";
  }

  /**
   * The fields of a mapping; none for nothing, and noted if it is none.
   *
   * @param what the mapping's name, for messages
   * @param known all fields it may have; others are noted
   */
  public YamlFields fields(String what, String... known) {
    if (node instanceof MappingNode || isNull()) {
      return new YamlFields(this, what, List.of(known));
    }
    fault(what + " has fields with values, and is not " + kind());
    return new YamlFields(this, what, List.of(known));
  }
}
