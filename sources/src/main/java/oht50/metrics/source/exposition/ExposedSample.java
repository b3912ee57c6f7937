package oht50.metrics.source.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.MetricKind;

/** A sample in the bytes of its text; one object for all samples of a text. */
public final class ExposedSample {
  private static final int BOUNDS = 4; // start and end of a name, start and end of a value

  private final byte[] bytes;

  private int start;
  private int nameEnd;
  private int end;
  private int labels;
  private int[] bounds = new int[8 * BOUNDS];
  private MetricKind kind;
  private double value;
  private boolean timed;
  private long timestampMillis;

  ExposedSample(byte[] bytes) {
    this.bytes = bytes;
  }

  void begin(int nameStart, int nameStop) {
    start = nameStart;
    nameEnd = nameStop;
    end = nameStop;
    labels = 0;
    timed = false;
  }

  void addLabel(int nameStart, int nameStop, int valueStart, int valueStop) {
    int at = labels * BOUNDS;
    if (at == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[at] = nameStart;
    bounds[at + 1] = nameStop;
    bounds[at + 2] = valueStart;
    bounds[at + 3] = valueStop;
    labels++;
  }

  void endSeries(int stop) {
    end = stop;
  }

  void setKind(MetricKind newKind) {
    kind = newKind;
  }

  void setValue(double newValue) {
    value = newValue;
  }

  void setTimestamp(long millis) {
    timed = true;
    timestampMillis = millis;
  }

  /** The bytes of the text. Not to be modified. */
  public byte[] text() {
    return bytes;
  }

  /** Where the name and labels begin in the text, as they are written there. */
  public int seriesStart() {
    return start;
  }

  /** The first byte after them. */
  public int seriesEnd() {
    return end;
  }

  public String name() {
    return ascii(start, nameEnd);
  }

  public int labels() {
    return labels;
  }

  public String labelName(int i) {
    return ascii(bounds[i * BOUNDS], bounds[i * BOUNDS + 1]);
  }

  /** The value without the escapes of the text. */
  public String labelValue(int i) {
    String written =
        new String(bytes, valueStart(i), valueEnd(i) - valueStart(i), StandardCharsets.UTF_8);
    return written.indexOf('\\') < 0 ? written : unescape(written);
  }

  public MetricKind kind() {
    return kind;
  }

  public double value() {
    return value;
  }

  /** Whether the target says when this was so. */
  public boolean hasTimestamp() {
    return timed;
  }

  /** ms; of a time beyond what a long can hold, the nearest that it can. */
  public long timestampMillis() {
    return timestampMillis;
  }

  int nameStart() {
    return start;
  }

  int nameEnd() {
    return nameEnd;
  }

  int valueStart(int label) {
    return bounds[label * BOUNDS + 2];
  }

  int valueEnd(int label) {
    return bounds[label * BOUNDS + 3];
  }

  /** The label of that name, or -1. */
  int indexOf(String labelName) {
    for (int i = 0; i < labels; i++) {
      if (Scanner.isText(bytes, bounds[i * BOUNDS], bounds[i * BOUNDS + 1], labelName)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether the name of the newest label is that of an earlier one. */
  boolean isNewestLabelRepeated() {
    int newest = (labels - 1) * BOUNDS;
    for (int at = 0; at < newest; at += BOUNDS) {
      if (Arrays.equals(
          bytes, bounds[at], bounds[at + 1], bytes, bounds[newest], bounds[newest + 1])) {
        return true;
      }
    }
    return false;
  }

  /**
   * A hash of the labels in any order.
   *
   * @param except a label that is left out, or -1
   */
  long labelsHash(int except) {
    long hash = 0;
    for (int i = 0; i < labels; i++) {
      if (i != except) {
        int from = bounds[i * BOUNDS];
        hash += Hash64.id(bytes, from, valueEnd(i) - from);
      }
    }
    return hash;
  }

  private String ascii(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }

  /** A backslash before anything but {@code \ " n} is itself, as OpenMetrics has it. */
  private static String unescape(String written) {
    StringBuilder text = new StringBuilder(written.length());
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      char next = c == '\\' && i + 1 < written.length() ? written.charAt(i + 1) : 0;
      switch (next) {
        case 'n' -> text.append('\n');
        case '\\', '"' -> text.append(next);
        default -> text.append(c);
      }
      if (next == 'n' || next == '\\' || next == '"') {
        i++;
      }
    }
    return text.toString();
  }
}
