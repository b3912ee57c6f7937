package oht50.metrics.promql.conformance;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.syntax.Numbers;
import oht50.metrics.promql.syntax.Quoting;

/** Reads the lines below an eval. */
final class ExpectationReader {
  private static final String MESSAGE = "expected_fail_message";
  private static final String PATTERN = "expected_fail_regexp";

  /** The words behind {@code expect}. */
  private enum Kind {
    ORDERED,
    FAIL,
    WARN,
    NO_WARN,
    INFO,
    NO_INFO
  }

  private final Expectation expectation;
  private final boolean isInstant;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

  ExpectationReader(Expectation expectation, boolean isInstant) {
    this.expectation = expectation;
    this.isInstant = isInstant;
  }

  /**
   * @return whether the next line may belong to it too
   */
  boolean read(String text, int line) throws InvalidTest {
    Words words = new Words(text);
    String first = words.next();
    if (expectation.isFailure && first.equals(MESSAGE)) {
      expectation.failureMessage = words.rest();
      return false;
    }
    if (expectation.isFailure && first.equals(PATTERN)) {
      expectation.failurePattern = pattern(words.rest(), line);
      return false;
    }
    if (first.equals("expect")) {
      readExpect(words, line);
      return true;
    }
    if (words.rest().isEmpty() && isNumber(first)) {
      expectation.scalar = Numbers.parse(first);
      return false;
    }
    readSeries(text, line);
    return true;
  }

  private static boolean isNumber(String text) {
    try {
      Numbers.parse(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void readExpect(Words words, int line) throws InvalidTest {
    String kind = words.next();
    if (kind.equals("string")) {
      readString(words.rest(), line);
    } else if (kind.equals("range")) {
      readRangeVector(words, line);
    } else {
      readKind(kind, words.rest(), line);
    }
  }

  private void readString(String quoted, int line) throws InvalidTest {
    try {
      expectation.text = Quoting.unquote(quoted);
    } catch (IllegalArgumentException e) {
      throw new InvalidTest(line, "expect string: " + e.getMessage());
    }
  }

  private void readRangeVector(Words words, int line) throws InvalidTest {
    for (String wanted : new String[] {"vector", "from"}) {
      expect(words, wanted, line);
    }
    long first = TestFile.millis(words.next(), "the first time of a range vector", line);
    expect(words, "to", line);
    long last = TestFile.millis(words.next(), "the last time of a range vector", line);
    expect(words, "step", line);
    long step = TestFile.millis(words.next(), "the step of a range vector", line);
    if (last < first) {
      throw new InvalidTest(line, "a range vector ends after its first time");
    }
    expectation.rangeVector = new Expectation.RangeVector(first, last, step);
  }

  private static void expect(Words words, String wanted, int line) throws InvalidTest {
    String word = words.next();
    if (!word.equals(wanted)) {
      throw new InvalidTest(
          line,
          "expected '%s', not '%s'; write expect range vector from TIME to TIME step DURATION"
              .formatted(wanted, word));
    }
  }

  private void readKind(String word, String condition, int line) throws InvalidTest {
    Kind kind = kind(word, line);
    if (kind == Kind.FAIL && kinds.contains(kind)) {
      throw new InvalidTest(line, "more than one expect fail");
    }
    kinds.add(kind);
    if (kinds.containsAll(EnumSet.of(Kind.WARN, Kind.NO_WARN))
        || kinds.containsAll(EnumSet.of(Kind.INFO, Kind.NO_INFO))) {
      throw new InvalidTest(line, "expect " + word + " contradicts a line above");
    }
    boolean isMessage = condition.startsWith("msg:");
    boolean isPattern = condition.startsWith("regex:");
    String wanted = condition.substring(condition.indexOf(':') + 1).strip();
    if (!condition.isEmpty() && (!(isMessage || isPattern) || wanted.isEmpty())) {
      throw new InvalidTest(
          line, "behind expect " + word + " may stand msg: TEXT or regex: EXPRESSION");
    }
    Pattern pattern = isPattern ? pattern(wanted, line) : null;
    expectation.isOrdered |= kind == Kind.ORDERED;
    if (kind == Kind.FAIL) {
      expectation.isFailure = true;
      expectation.failureMessage = isMessage ? wanted : null;
      expectation.failurePattern = pattern;
    }
  }

  private static Kind kind(String word, int line) throws InvalidTest {
    for (Kind kind : Kind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw new InvalidTest(
        line,
        "unknown 'expect "
            + word
            + "'; known are ordered, fail, warn, no_warn, info, no_info, string, range vector");
  }

  private static Pattern pattern(String expression, int line) throws InvalidTest {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new InvalidTest(line, "'" + expression + "' is not RE2: " + e.getDescription());
    }
  }

  private void readSeries(String text, int line) throws InvalidTest {
    SeriesLine series = TestFile.series(text, line);
    if (series.values().length == 0) {
      throw new InvalidTest(line, "series '" + text + "': expected a value");
    }
    if (series.values().length > 1 && isInstant && expectation.rangeVector == null) {
      throw new InvalidTest(
          line, "more than one value of one time; write expect range vector above");
    }
    expectation.series.put(series.labels(), series);
  }
}
