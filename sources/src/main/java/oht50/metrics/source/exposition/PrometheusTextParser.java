package oht50.metrics.source.exposition;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import oht50.metrics.model.MetricKind;

/**
 * Text format 0.0.4. Where its page leaves a choice: as Prometheus' Go library reads it (expfmt),
 * except that blanks at the end of a line are ignored, as the page says, and that what a HELP line
 * says is not looked at, as Prometheus does not.
 */
final class PrometheusTextParser {
  private final byte[] bytes;
  private final Scanner in;
  private final ExpositionLimits limits;
  private final SampleVisitor visitor;
  private final ExposedSample sample;
  private final Map<String, Family> families = new HashMap<>();

  private int samples;

  // What the name of the last sample meant; the samples of a metric follow each other.
  private int knownStart;
  private int knownEnd;
  private Meaning known;

  /** What lines have said of a name. */
  private static final class Family {
    private FamilyType type;
    private boolean typed;
    private boolean helped;
  }

  private record Meaning(FamilyType type, MetricKind kind) {}

  PrometheusTextParser(byte[] bytes, int length, ExpositionLimits limits, SampleVisitor visitor) {
    this.bytes = bytes;
    this.in = new Scanner(bytes, length, limits);
    this.limits = limits;
    this.visitor = visitor;
    this.sample = new ExposedSample(bytes);
  }

  void parse() throws InvalidExposition {
    in.skipBlanks();
    while (in.hasMore()) {
      if (in.isAt('#')) {
        comment();
      } else if (!in.isAt('\n')) {
        sample();
      }
      endOfLine();
      in.skipBlanks();
    }
  }

  private void endOfLine() throws InvalidExposition {
    if (!in.skip('\n')) {
      throw in.hasMore()
          ? in.malformed("expected the end of the line, found " + in.found())
          : in.malformed("the text ends within a line");
    }
    in.nextLine();
  }

  private void comment() throws InvalidExposition {
    in.skip();
    in.skipBlanks();
    String keyword = word();
    in.skipBlanks();
    boolean isType = keyword.equals("TYPE");
    if ((isType || keyword.equals("HELP")) && !in.isAt('\n')) {
      metadata(isType);
    }
    in.skipUntil('\n');
  }

  private void metadata(boolean isType) throws InvalidExposition {
    int start = in.at();
    in.metricName();
    String name = in.text(start, in.at());
    int end = in.at();
    in.skipBlanks();
    if (in.isAt('\n')) {
      return; // nothing is said of it
    }
    if (in.at() == end) {
      throw in.malformed("not the name of a metric: found " + in.found() + " in it");
    }
    Family family = families.computeIfAbsent(name, unknown -> new Family());
    if (isType) {
      type(name, family);
    } else if (family.helped) {
      throw in.malformed("a second HELP of " + name);
    } else {
      family.helped = true;
    }
  }

  private void type(String name, Family family) throws InvalidExposition {
    if (family.typed) {
      throw in.malformed("a second TYPE of " + name + ", or one after its samples");
    }
    String word = word();
    in.skipBlanks();
    family.typed = true;
    family.type =
        switch (word.toLowerCase(Locale.ROOT)) {
          case "counter" -> FamilyType.COUNTER;
          case "gauge" -> FamilyType.GAUGE;
          case "summary" -> FamilyType.SUMMARY;
          case "histogram" -> FamilyType.HISTOGRAM;
          case "untyped" -> FamilyType.UNKNOWN;
          default -> throw in.malformed("unknown type '" + word + "' of " + name);
        };
    if (in.hasMore() && !in.isAt('\n')) {
      throw in.malformed("more than a type for " + name);
    }
    known = null;
  }

  private String word() {
    int start = in.at();
    in.skipWord();
    return in.text(start, Math.min(in.at(), start + 40));
  }

  private void sample() throws InvalidExposition {
    int start = in.at();
    in.metricName();
    sample.begin(start, in.at());
    Meaning meaning = meaning(start, in.at());
    sample.setKind(meaning.kind);
    in.skipBlanks();
    if (in.skip('{')) {
      labels(meaning.type);
      sample.endSeries(in.at());
      in.skipBlanks();
    }
    sample.setValue(in.floatBetween(in.at(), endOfWord()));
    in.skipBlanks();
    if (in.hasMore() && !in.isAt('\n')) {
      sample.setTimestamp(in.longBetween(in.at(), endOfWord()));
      in.skipBlanks();
    }
    if (!in.isAt('\n')) {
      return; // not a line: the caller says so
    }
    if (++samples > limits.samples()) {
      throw in.beyondLimit("more than " + limits.samples() + " samples");
    }
    visitor.sample(sample);
  }

  /** Goes to the end of a word. */
  private int endOfWord() {
    in.skipWord();
    return in.at();
  }

  private void labels(FamilyType type) throws InvalidExposition {
    in.skipBlanks();
    while (!in.skip('}')) {
      int nameStart = in.at();
      in.labelName();
      int nameEnd = in.at();
      in.skipBlanks();
      in.expect('=', "after the name of a label");
      in.skipBlanks();
      in.expect('"', "before the value of a label");
      int valueStart = in.at();
      sample.addLabel(nameStart, nameEnd, valueStart, in.labelValue(false));
      checkNewestLabel();
      in.skipBlanks();
      if (!in.skip(',') && !in.isAt('}')) {
        throw in.malformed("expected ',' or '}' after the value of a label, found " + in.found());
      }
      in.skipBlanks();
    }
    if (type == FamilyType.SUMMARY) {
      checkNumber("quantile");
    } else if (type == FamilyType.HISTOGRAM) {
      checkNumber("le");
    }
  }

  private void checkNewestLabel() throws InvalidExposition {
    if (sample.labels() > limits.labels()) {
      throw in.beyondLimit("more than " + limits.labels() + " labels");
    }
    if (sample.isNewestLabelRepeated()) {
      throw in.malformed("the label " + sample.labelName(sample.labels() - 1) + " comes twice");
    }
  }

  private void checkNumber(String label) throws InvalidExposition {
    int i = sample.indexOf(label);
    if (i >= 0) {
      in.floatBetween(sample.valueStart(i), sample.valueEnd(i));
    }
  }

  private Meaning meaning(int start, int end) {
    boolean same = known != null && Arrays.equals(bytes, knownStart, knownEnd, bytes, start, end);
    if (!same) {
      known = meaning(in.text(start, end));
      knownStart = start;
      knownEnd = end;
    }
    return known;
  }

  private Meaning meaning(String name) {
    Family own = families.get(name);
    if (own != null && own.type != null) {
      return new Meaning(own.type, own.type.kind(""));
    }
    for (String suffix : new String[] {"_count", "_sum", "_bucket"}) {
      Family family =
          name.endsWith(suffix)
              ? families.get(name.substring(0, name.length() - suffix.length()))
              : null;
      if (family != null && family.type != null && family.type.isNamed(suffix)) {
        return new Meaning(family.type, family.type.kind(suffix));
      }
    }
    families.computeIfAbsent(name, unknown -> new Family()).typed = true;
    return new Meaning(FamilyType.UNKNOWN, MetricKind.GAUGE);
  }
}
