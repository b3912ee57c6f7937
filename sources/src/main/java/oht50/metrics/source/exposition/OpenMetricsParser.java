package oht50.metrics.source.exposition;

import java.util.HashSet;
import java.util.Set;

/**
 * OpenMetrics 1.0, as strict as its specification and its reference parser. What belongs to no
 * series is checked and left out: exemplars, and the {@code _created} of counters, histograms and
 * summaries, which is the start of what they count.
 */
final class OpenMetricsParser {
  private static final int MAX_EXEMPLAR_CHARACTERS = 128;

  private final byte[] bytes;
  private final int length;
  private final Scanner in;
  private final ExpositionLimits limits;
  private final SampleVisitor visitor;
  private final ExposedSample sample;
  private final Set<String> takenNames = new HashSet<>();

  private OpenMetricsFamily family;
  private int samples;

  OpenMetricsParser(byte[] bytes, int length, ExpositionLimits limits, SampleVisitor visitor) {
    this.bytes = bytes;
    this.length = length;
    this.in = new Scanner(bytes, length, limits);
    this.limits = limits;
    this.visitor = visitor;
    this.sample = new ExposedSample(bytes);
  }

  void parse() throws InvalidExposition {
    boolean ended = false;
    while (in.at() < length) {
      if (ended) {
        throw in.malformed("a line after # EOF");
      }
      int start = in.at();
      in.confineTo(endOfLine(start));
      if (!in.hasMore()) {
        throw in.malformed("a blank line");
      } else if (Scanner.isText(bytes, start, in.end(), "# EOF")) {
        ended = true;
        in.skipUntil('\n');
      } else if (in.skip('#')) {
        metadata();
      } else {
        sample();
      }
      in.confineTo(length);
      in.skip('\n');
      in.nextLine();
    }
    finishFamily();
    if (!ended) {
      throw in.malformed("# EOF is missing");
    }
  }

  private int endOfLine(int start) {
    int end = start;
    while (end < length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  private void metadata() throws InvalidExposition {
    in.expect(' ', "after '#'");
    String keyword = word();
    in.expect(' ', "after '# " + keyword + "'");
    int start = in.at();
    in.metricName();
    String name = in.text(start, in.at());
    in.expect(' ', "after the name of a family");
    String text = rest();
    if (family == null || !family.name().equals(name)) {
      begin(new OpenMetricsFamily(name));
    }
    switch (keyword) {
      case "TYPE" -> family.type(text, in);
      case "UNIT" -> family.unit(text, in);
      case "HELP" -> family.help(in);
      default -> throw in.malformed("expected TYPE, UNIT, HELP or EOF, found " + keyword);
    }
  }

  private String word() {
    int start = in.at();
    in.skipUntil(' ');
    return in.text(start, Math.min(in.at(), start + 40));
  }

  private String rest() throws InvalidExposition {
    int start = in.at();
    in.requireUtf8(start, in.end());
    in.skipUntil('\n');
    return in.text(start, in.at());
  }

  private void begin(OpenMetricsFamily next) throws InvalidExposition {
    finishFamily();
    family = next;
  }

  /**
   * A family is checked as a whole; one that comes again, or takes a name of another, is not one.
   */
  private void finishFamily() throws InvalidExposition {
    if (family == null) {
      return;
    }
    family.finish(in);
    for (String name : family.names()) {
      if (!takenNames.add(name)) {
        throw in.malformed("the name " + name + " is taken by an earlier family");
      }
    }
  }

  private void sample() throws InvalidExposition {
    int start = in.at();
    in.metricName();
    sample.begin(start, in.at());
    if (in.skip('{')) {
      labels(true);
      sample.endSeries(in.at());
    }
    in.expect(' ', "before the value");
    sample.setValue(in.floatBetween(in.at(), endOfWord()));
    double timestamp = Double.NaN;
    boolean exemplified = false;
    while (in.skip(' ')) {
      if (exemplified) {
        throw in.malformed("something after an exemplar");
      } else if (in.skip('#')) {
        exemplar();
        exemplified = true;
      } else if (Double.isNaN(timestamp)) {
        timestamp = timestamp();
        sample.setTimestamp(Math.round(1000 * timestamp)); // a cast would make 1.001 s to 1000 ms
      } else {
        throw in.malformed("expected '#' of an exemplar, found " + in.found());
      }
    }
    String suffix = family == null ? null : family.suffixOf(bytes, start, sample.nameEnd());
    if (suffix == null) {
      begin(new OpenMetricsFamily(sample.name()));
      suffix = "";
    }
    boolean isNew = family.add(sample, suffix, timestamp, exemplified, in);
    if (++samples > limits.samples()) {
      throw in.beyondLimit("more than " + limits.samples() + " samples");
    }
    if (isNew && !suffix.equals("_created")) {
      sample.setKind(family.kind(suffix));
      visitor.sample(sample);
    }
  }

  /** Goes to the next space, else to the end of the line. */
  private int endOfWord() {
    in.skipUntil(' ');
    return in.at();
  }

  private double timestamp() throws InvalidExposition {
    double seconds = in.floatBetween(in.at(), endOfWord());
    if (!Double.isFinite(seconds)) {
      throw in.malformed("a timestamp that is not finite");
    }
    return seconds;
  }

  /**
   * Goes past labels and their closing brace.
   *
   * @param ofSample whether they are those of the sample
   * @return how many characters they have
   */
  private int labels(boolean ofSample) throws InvalidExposition {
    ExposedSample holder = ofSample ? sample : new ExposedSample(bytes);
    int characters = 0;
    if (in.skip('}')) {
      return characters;
    }
    do {
      int nameStart = in.at();
      in.labelName();
      int nameEnd = in.at();
      in.expect('=', "after the name of a label");
      in.expect('"', "before the value of a label");
      int valueStart = in.at();
      holder.addLabel(nameStart, nameEnd, valueStart, in.labelValue(true));
      int newest = holder.labels() - 1;
      if (newest == limits.labels()) {
        throw in.beyondLimit("more than " + limits.labels() + " labels");
      }
      if (holder.isNewestLabelRepeated()) {
        throw in.malformed("the label " + holder.labelName(newest) + " comes twice");
      }
      if (!ofSample) {
        String value = holder.labelValue(newest);
        characters += nameEnd - nameStart + value.codePointCount(0, value.length());
      }
    } while (in.skip(','));
    in.expect('}', "after the value of a label");
    return characters;
  }

  /** The hash is behind. */
  private void exemplar() throws InvalidExposition {
    in.expect(' ', "after the '#' of an exemplar");
    in.expect('{', "before the labels of an exemplar");
    if (labels(false) > MAX_EXEMPLAR_CHARACTERS) {
      throw in.malformed("the labels of an exemplar have more than 128 characters");
    }
    in.expect(' ', "before the value of an exemplar");
    in.floatBetween(in.at(), endOfWord());
    if (in.skip(' ')) {
      timestamp();
    }
  }
}
