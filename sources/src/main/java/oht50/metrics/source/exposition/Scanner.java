package oht50.metrics.source.exposition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A place in a text, and the words that both formats are made of. */
final class Scanner {
  private final byte[] bytes;
  private final ExpositionLimits limits;

  private int at;
  private int end;
  private int line = 1;

  Scanner(byte[] bytes, int length, ExpositionLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
    this.end = length;
  }

  int at() {
    return at;
  }

  /** The first byte after the text, or after the part of it that is read now. */
  int end() {
    return end;
  }

  void confineTo(int newEnd) {
    end = newEnd;
  }

  int line() {
    return line;
  }

  void nextLine() {
    line++;
  }

  boolean hasMore() {
    return at < end;
  }

  boolean isAt(char c) {
    return at < end && bytes[at] == c;
  }

  void skip() {
    at++;
  }

  /** Goes past that byte if it is here. */
  boolean skip(char c) {
    boolean here = isAt(c);
    if (here) {
      at++;
    }
    return here;
  }

  void expect(char c, String where) throws InvalidExposition {
    if (!skip(c)) {
      throw malformed("expected '" + c + "' " + where + ", found " + found());
    }
  }

  void skipBlanks() {
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
  }

  /** Goes to the first blank or line feed, else to the end. */
  void skipWord() {
    while (at < end && !isBlank(bytes[at]) && bytes[at] != '\n') {
      at++;
    }
  }

  /** Goes to that byte, else to the end. */
  void skipUntil(char c) {
    while (at < end && bytes[at] != c) {
      at++;
    }
  }

  /** Goes past the name of a metric. */
  void metricName() throws InvalidExposition {
    int start = at;
    while (at < end && (isNameByte(bytes[at], at > start) || bytes[at] == ':')) {
      at++;
    }
    if (at == start) {
      throw malformed("expected the name of a metric, found " + found());
    }
    if (at - start > limits.valueLength()) {
      throw beyondLimit("the name of a metric is longer than " + limits.valueLength() + " bytes");
    }
  }

  /** Goes past the name of a label. */
  void labelName() throws InvalidExposition {
    int start = at;
    while (at < end && isNameByte(bytes[at], at > start)) {
      at++;
    }
    if (at == start) {
      throw malformed("expected the name of a label, found " + found());
    }
    if (isText(bytes, start, at, "__name__")) {
      throw malformed("the label __name__ is reserved");
    }
    if (at - start > limits.nameLength()) {
      throw beyondLimit("the name of a label is longer than " + limits.nameLength() + " bytes");
    }
  }

  /**
   * Goes past a label's value and its closing quote; the opening one is behind.
   *
   * @param anyEscape whether a backslash may stand before anything
   * @return the place of the closing quote
   */
  int labelValue(boolean anyEscape) throws InvalidExposition {
    int start = at;
    boolean ascii = true;
    for (; at < end; at++) {
      byte b = bytes[at];
      if (b == '"') {
        break;
      } else if (b == '\n') {
        throw malformed("a line feed within the value of a label");
      } else if (b == '\\') {
        at++;
        if (at < end && !anyEscape && !isEscaped(bytes[at])) {
          throw malformed("an unknown escape in the value of a label: \\" + (char) bytes[at]);
        }
      }
      ascii &= at >= end || bytes[at] >= 0;
    }
    if (at >= end) {
      at = end;
      throw malformed("the value of a label does not end");
    }
    if (!ascii) {
      requireUtf8(start, at);
    }
    if (at - start > limits.valueLength()) {
      throw beyondLimit("the value of a label is longer than " + limits.valueLength() + " bytes");
    }
    return at++;
  }

  void requireUtf8(int from, int to) throws InvalidExposition {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
    } catch (CharacterCodingException e) {
      throw malformed("not UTF-8");
    }
  }

  double floatBetween(int from, int to) throws InvalidExposition {
    try {
      return Numbers.parseFloat(bytes, from, to);
    } catch (NumberFormatException e) {
      throw malformed(e.getMessage());
    }
  }

  long longBetween(int from, int to) throws InvalidExposition {
    try {
      return Numbers.parseLong(bytes, from, to);
    } catch (NumberFormatException e) {
      throw malformed(e.getMessage());
    }
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  InvalidExposition malformed(String reason) {
    return InvalidExposition.malformed(line, reason);
  }

  InvalidExposition beyondLimit(String reason) {
    return InvalidExposition.beyondLimit(line, reason);
  }

  /** What is here, for messages. */
  String found() {
    if (at >= end) {
      return "the end";
    }
    return bytes[at] > ' ' && bytes[at] < 127
        ? "'" + (char) bytes[at] + "'"
        : "byte " + (bytes[at] & 0xff);
  }

  /** Whether these bytes are that ASCII text. */
  static boolean isText(byte[] bytes, int from, int to, String text) {
    if (to - from != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isEscaped(byte b) {
    return b == '\\' || b == '"' || b == 'n';
  }

  private static boolean isNameByte(byte b, boolean digitsToo) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '_'
        || (digitsToo && b >= '0' && b <= '9');
  }
}
