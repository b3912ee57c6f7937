package oht50.metrics.promql.notation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.model.StaleMarker;
import oht50.metrics.promql.eval.NativeHistogram;
import oht50.metrics.promql.syntax.Numbers;

/** The values behind a series. Native histograms are read and stand for themselves only. */
final class ValueSequence {
  private static final int MOST_VALUES = 1_000_000;
  private static final Set<String> PARTS_OF_HISTOGRAMS =
      Set.of(
          "schema",
          "sum",
          "count",
          "z_bucket",
          "z_bucket_w",
          "custom_values",
          "buckets",
          "offset",
          "n_buckets",
          "n_offset",
          "counter_reset_hint");

  private final String text;
  private int at;
  private double[] values = new double[16];
  private int count;
  private final BitSet omitted = new BitSet();

  /**
   * @param at the index behind the series' labels
   */
  ValueSequence(String text, int at) {
    this.text = text;
    this.at = at;
  }

  SeriesLine read(Labels labels) throws InvalidNotation {
    while (at < text.length()) {
      if (text.charAt(at) != ' ' && text.charAt(at) != '\t') {
        throw invalid("expected a space before '" + rest() + "'");
      }
      skipSpaces();
      if (at < text.length()) {
        readItem();
      }
    }
    boolean[] isOmitted = new boolean[count];
    for (int i = 0; i < count; i++) {
      isOmitted[i] = omitted.get(i);
    }
    return new SeriesLine(labels, Arrays.copyOf(values, count), isOmitted);
  }

  private void readItem() throws InvalidNotation {
    if (text.startsWith("{{", at)) {
      readHistograms();
    } else if (text.charAt(at) == '_') {
      at++;
      omit(text.startsWith("x", at) ? times() : 1);
    } else if (text.startsWith("stale", at) && isEnd(at + "stale".length())) {
      at += "stale".length();
      append(StaleMarker.VALUE, 1);
    } else {
      readNumbers();
    }
  }

  private boolean isEnd(int index) {
    return index >= text.length() || text.charAt(index) == ' ' || text.charAt(index) == '\t';
  }

  /** {@code a}, {@code axn}: n + 1 times, or {@code a+bxn}: n steps from a. */
  private void readNumbers() throws InvalidNotation {
    double value = signedNumber();
    double step = 0;
    if (text.startsWith("+", at) || text.startsWith("-", at)) {
      step = signedNumber();
      if (!text.startsWith("x", at)) {
        throw invalid("expected 'x' and a count before '" + rest() + "'");
      }
    }
    long more = text.startsWith("x", at) ? times() : 0;
    for (long i = 0; i <= more; i++) {
      append(value, 1);
      value += step;
    }
  }

  private double signedNumber() throws InvalidNotation {
    int begin = at;
    if (text.startsWith("+", at) || text.startsWith("-", at)) {
      at++;
    }
    for (String word : List.of("inf", "nan")) {
      if (text.regionMatches(true, at, word, 0, word.length())) {
        at += word.length();
        return Numbers.parse(text.substring(begin, at));
      }
    }
    while (at < text.length() && isOfNumber(text.charAt(at))) {
      at++;
    }
    try {
      return Numbers.parse(text.substring(begin, at));
    } catch (NumberFormatException e) {
      throw invalid("expected a number, '_' or 'stale' at '" + text.substring(begin) + "'");
    }
  }

  private boolean isOfNumber(char c) {
    boolean isSignOfExponent = (c == '+' || c == '-') && "eE".indexOf(text.charAt(at - 1)) >= 0;
    return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || isSignOfExponent;
  }

  private long times() throws InvalidNotation {
    at++;
    int begin = at;
    while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
      at++;
    }
    if (at == begin || at - begin > 7) {
      throw invalid("expected a count up to " + MOST_VALUES + " behind 'x'");
    }
    return Long.parseLong(text.substring(begin, at));
  }

  private void readHistograms() throws InvalidNotation {
    skipHistogram();
    if ((text.startsWith("+", at) || text.startsWith("-", at)) && text.startsWith("{{", at + 1)) {
      at++;
      skipHistogram();
      if (!text.startsWith("x", at)) {
        throw invalid("expected 'x' and a count before '" + rest() + "'");
      }
    }
    append(NativeHistogram.VALUE, 1 + (text.startsWith("x", at) ? times() : 0));
  }

  private void skipHistogram() throws InvalidNotation {
    int end = text.indexOf("}}", at);
    if (end < 0) {
      throw invalid("a native histogram has no end '}}'");
    }
    String parts = text.substring(at + 2, end);
    for (String part : parts.replace(',', ' ').split(" ", -1)) {
      int colon = part.indexOf(':');
      if (colon >= 0 && !PARTS_OF_HISTOGRAMS.contains(part.substring(0, colon))) {
        throw invalid("'" + part.substring(0, colon) + "' is no part of a native histogram");
      }
    }
    at = end + 2;
  }

  private void omit(long times) throws InvalidNotation {
    int begin = count;
    append(0, times);
    omitted.set(begin, count);
  }

  private void append(double value, long times) throws InvalidNotation {
    if (count + times > MOST_VALUES) {
      throw invalid("more than " + MOST_VALUES + " values");
    }
    if (count + times > values.length) {
      values = Arrays.copyOf(values, (int) Math.max(2L * values.length, count + times));
    }
    Arrays.fill(values, count, count + (int) times, value);
    count += (int) times;
  }

  private void skipSpaces() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private String rest() {
    return text.substring(at);
  }

  private InvalidNotation invalid(String reason) {
    return new InvalidNotation("series '" + text + "': " + reason);
  }
}
