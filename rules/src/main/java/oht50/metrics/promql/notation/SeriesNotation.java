package oht50.metrics.promql.notation;

import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.Names;
import oht50.metrics.promql.syntax.Quoting;

/**
 * A series as tests write it: {@code metric{label="value"} 1 2+3x4 _ _x2 stale}. Format:
 * Prometheus' documentation, "Unit testing for rules", section "series".
 */
public final class SeriesNotation {
  private final String text;
  private int at;

  private SeriesNotation(String text) {
    this.text = text;
  }

  public static SeriesLine parse(String text) throws InvalidNotation {
    SeriesNotation notation = new SeriesNotation(text);
    Labels labels = notation.labels();
    return new ValueSequence(text, notation.at).read(labels);
  }

  /** The labels of a series without values. */
  public static Labels parseLabels(String text) throws InvalidNotation {
    SeriesNotation notation = new SeriesNotation(text);
    Labels labels = notation.labels();
    if (notation.at < text.length()) {
      throw notation.invalid("unexpected '" + text.substring(notation.at) + "'");
    }
    return labels;
  }

  private Labels labels() throws InvalidNotation {
    Map<String, String> labels = new TreeMap<>();
    int begin = at;
    while (at < text.length() && text.charAt(at) != '{' && !isSpace()) {
      at++;
    }
    String name = text.substring(begin, at);
    if (!name.isEmpty()) {
      if (!Names.isMetricWord(name)) {
        throw invalid("'" + name + "' is no name of a metric");
      }
      labels.put(LabelMatcher.METRIC_NAME, name);
    }
    if (at < text.length() && text.charAt(at) == '{') {
      at++;
      readLabels(labels);
    }
    return Labels.of(labels);
  }

  private void readLabels(Map<String, String> labels) throws InvalidNotation {
    while (true) {
      skipSpaces();
      if (accept('}')) {
        return;
      }
      readLabel(labels);
      skipSpaces();
      if (!accept(',') && !isNext('}')) {
        throw invalid("expected ',' or '}' between labels");
      }
    }
  }

  private void readLabel(Map<String, String> labels) throws InvalidNotation {
    boolean isQuoted = isNext('"') || isNext('\'') || isNext('`');
    String name = isQuoted ? string() : word();
    skipSpaces();
    if (isQuoted && (isNext(',') || isNext('}'))) {
      labels.put(LabelMatcher.METRIC_NAME, name);
      return;
    }
    if (!accept('=')) {
      throw invalid("expected '=' behind the label '" + name + "'");
    }
    skipSpaces();
    labels.put(name, string());
  }

  private String word() throws InvalidNotation {
    int begin = at;
    while (at < text.length() && Names.isWord(text.substring(begin, at + 1))) {
      at++;
    }
    if (at == begin) {
      throw invalid("expected a label or '}'");
    }
    return text.substring(begin, at);
  }

  private String string() throws InvalidNotation {
    int begin = at;
    char quote = at < text.length() ? text.charAt(at) : 0;
    if ("\"'`".indexOf(quote) < 0) {
      throw invalid("expected a string between quotes");
    }
    at++;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' && quote != '`' ? 2 : 1;
    }
    if (!accept(quote)) {
      throw invalid("a string has no end");
    }
    try {
      return Quoting.unquote(text.substring(begin, at));
    } catch (IllegalArgumentException e) {
      throw invalid(e.getMessage());
    }
  }

  private boolean isNext(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private boolean accept(char c) {
    if (!isNext(c)) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpaces() {
    while (at < text.length() && isSpace()) {
      at++;
    }
  }

  private boolean isSpace() {
    return text.charAt(at) == ' ' || text.charAt(at) == '\t';
  }

  private InvalidNotation invalid(String reason) {
    return new InvalidNotation("series '" + text + "': " + reason);
  }
}
