package oht50.metrics.job.config;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** What a YAML file says about its keys: the comments on their lines. */
final class KeyComments {
  private final Map<String, String> comments = new TreeMap<>(); // dotted key -> comment

  private KeyComments() {}

  static Map<String, String> of(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setProcessComments(true);
    KeyComments all = new KeyComments();
    all.add("", new Yaml(options).compose(new StringReader(yaml)));
    return all.comments;
  }

  private void add(String prefix, Node node) {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = prefix + ((ScalarNode) entry.getKeyNode()).getValue();
      String comment =
          Stream.of(entry.getKeyNode(), entry.getValueNode())
              .map(Node::getInLineComments)
              .filter(lines -> lines != null)
              .flatMap(List::stream)
              .map(CommentLine::getValue)
              .map(String::strip)
              .collect(Collectors.joining(" "));
      if (!comment.isEmpty()) {
        comments.put(key, comment);
      }
      add(key + ".", entry.getValueNode());
    }
  }
}
