package oht50.metrics.promql.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.notation.InvalidNotation;
import oht50.metrics.promql.notation.SeriesLine;
import oht50.metrics.promql.notation.SeriesNotation;
import oht50.metrics.time.Durations;

/** The commands of a test file. A comment ends a block just as an empty line does. */
final class TestFile {
  private static final String START_TIMES = "@st";

  private final List<String> lines = new ArrayList<>();
  private final List<Command> commands = new ArrayList<>();
  private int at; // index of the line that is read

  private TestFile(String text) {
    text.lines().map(TestFile::withoutComment).forEach(lines::add);
  }

  private static String withoutComment(String line) {
    String stripped = line.strip();
    return stripped.startsWith("#") ? "" : stripped;
  }

  /**
   * @throws InvalidTest at the first line that is none
   */
  static List<Command> parse(String text) throws InvalidTest {
    TestFile file = new TestFile(text);
    for (file.at = 0; file.at < file.lines.size(); file.at++) {
      String line = file.lines.get(file.at);
      if (!line.isEmpty()) {
        file.commands.add(file.command(line));
      }
    }
    return file.commands;
  }

  private Command command(String line) throws InvalidTest {
    String word = new Words(line).next().toLowerCase(Locale.ROOT);
    if (word.equals("clear")) {
      return new Command.Clear();
    }
    if (word.startsWith("load")) {
      return load(line);
    }
    if (word.startsWith("eval")) {
      return eval(line);
    }
    throw invalid("unknown command '" + line + "'; known are load, clear and eval");
  }

  private Command load(String line) throws InvalidTest {
    Words words = new Words(line);
    String word = words.next();
    boolean isWithHistograms = word.equals("load_with_nhcb");
    if (!word.equals("load") && !isWithHistograms) {
      throw invalid("unknown command '" + word + "'; write load or load_with_nhcb");
    }
    long step = millis(words.rest(), "the step of load");
    Map<Labels, SeriesLine> series = new HashMap<>();
    Set<Labels> withStartTimes = new HashSet<>();
    boolean haveAllStartTimes = false;
    while (isInBlock()) {
      at++;
      String definition = lines.get(at);
      String first = new Words(definition).next();
      if (first.endsWith(START_TIMES)) {
        String metric = first.substring(0, first.length() - START_TIMES.length());
        haveAllStartTimes |= metric.isEmpty();
        if (!metric.isEmpty()) {
          withStartTimes.add(labels(metric));
        }
      } else {
        SeriesLine read = series(definition, at + 1);
        series.put(read.labels(), read);
        if (haveAllStartTimes) {
          withStartTimes.add(read.labels());
        }
      }
    }
    return new Command.Load(step, isWithHistograms, List.copyOf(series.values()), withStartTimes);
  }

  static SeriesLine series(String text, int line) throws InvalidTest {
    try {
      return SeriesNotation.parse(text);
    } catch (InvalidNotation e) {
      throw new InvalidTest(line, e.getMessage());
    }
  }

  private Labels labels(String metric) throws InvalidTest {
    try {
      return SeriesNotation.parseLabels(metric);
    } catch (InvalidNotation e) {
      throw invalid(e.getMessage());
    }
  }

  private boolean isInBlock() {
    return at + 1 < lines.size() && !lines.get(at + 1).isEmpty();
  }

  private Command eval(String line) throws InvalidTest {
    int number = at + 1;
    Words words = new Words(line);
    Expectation expectation = new Expectation();
    boolean mayBeOrdered = variant(words.next(), expectation);
    String kind = words.next();
    if (kind.equals("instant")) {
      expect(words, "at");
      long time = millis(words.next(), "the time of eval");
      String expression = expression(words);
      readExpectation(expectation, true);
      return new Command.Eval(number, expression, time, time, 0, expectation);
    }
    if (!kind.equals("range") || !mayBeOrdered) {
      throw invalid("an eval is 'eval instant at TIME EXPRESSION' or 'eval range from ...'");
    }
    expect(words, "from");
    long first = millis(words.next(), "the first time of eval");
    expect(words, "to");
    long last = millis(words.next(), "the last time of eval");
    expect(words, "step");
    long step = millis(words.next(), "the step of eval");
    if (last < first || step == 0) {
      throw invalid("a range ends after its first time and has a step longer than nothing");
    }
    String expression = expression(words);
    readExpectation(expectation, false);
    return new Command.Eval(number, expression, first, last, step, expectation);
  }

  /**
   * What the old form of the command itself expects.
   *
   * @return whether the variant may be of a range
   */
  private boolean variant(String word, Expectation expectation) throws InvalidTest {
    switch (word) {
      case "eval", "eval_warn", "eval_info" -> {
        return true;
      }
      case "eval_fail" -> {
        expectation.isFailure = true;
        return true;
      }
      case "eval_ordered" -> {
        expectation.isOrdered = true;
        return false;
      }
      default ->
          throw invalid(
              "unknown command '"
                  + word
                  + "'; known are eval, eval_fail, eval_warn, eval_info and eval_ordered");
    }
  }

  private void expect(Words words, String wanted) throws InvalidTest {
    String word = words.next();
    if (!word.equals(wanted)) {
      throw invalid("expected '" + wanted + "', not '" + word + "'");
    }
  }

  private String expression(Words words) throws InvalidTest {
    if (words.rest().isEmpty()) {
      throw invalid("there is no expression to evaluate");
    }
    return words.rest();
  }

  private void readExpectation(Expectation expectation, boolean isInstant) throws InvalidTest {
    ExpectationReader reader = new ExpectationReader(expectation, isInstant);
    boolean isOpen = true;
    while (isOpen && isInBlock()) {
      at++;
      isOpen = reader.read(lines.get(at), at + 1);
    }
  }

  private long millis(String duration, String what) throws InvalidTest {
    return millis(duration, what, at + 1);
  }

  static long millis(String duration, String what, int line) throws InvalidTest {
    if (duration.equals("0")) {
      return 0;
    }
    try {
      return Durations.parse(duration).toMillis();
    } catch (IllegalArgumentException e) {
      throw new InvalidTest(line, what + ": " + e.getMessage());
    }
  }

  private InvalidTest invalid(String reason) {
    return new InvalidTest(at + 1, reason);
  }
}
