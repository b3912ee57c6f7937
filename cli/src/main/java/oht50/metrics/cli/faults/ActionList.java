package oht50.metrics.cli.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a list of actions that somebody chose: {@code kill kafka, stop taskManager flush 12}, which
 * is kind, target, and, each if wanted, aim and seconds: how long it lasts, or, of a fault that
 * does not last, how long after the input has gone on it comes.
 */
final class ActionList {
  private static final double DEFAULT_SECONDS = 5;
  private static final double DEFAULT_DELAY_SECONDS = 1;

  private ActionList() {}

  /**
   * @throws IllegalArgumentException naming the word that is none
   */
  static List<FaultAction> parse(String text) {
    List<FaultAction> actions = new ArrayList<>();
    for (String entry : text.split(",", -1)) {
      actions.add(parse(actions.size() + 1, entry.strip()));
    }
    return actions;
  }

  private static FaultAction parse(int number, String entry) {
    String[] words = entry.split("\\s+", -1);
    FaultKind kind =
        find(words[0], Arrays.stream(FaultKind.values()), FaultKind::word)
            .orElseThrow(() -> unknown(words[0], "kind", names(FaultKind.values())));
    Target target = Target.JOB_MANAGER;
    AimPoint aim = null;
    double seconds = kind.lasts() ? DEFAULT_SECONDS : DEFAULT_DELAY_SECONDS;
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      Optional<Target> named = find(word, Arrays.stream(Target.values()), Target::word);
      Optional<AimPoint> point = find(word, Arrays.stream(AimPoint.values()), AimPoint::id);
      if (named.isPresent()) {
        target = named.get();
      } else if (point.isPresent()) {
        aim = point.get();
      } else if (word.matches("\\d+(\\.\\d+)?")) {
        seconds = Double.parseDouble(word);
      } else {
        throw unknown(
            word,
            "target, aim or number of seconds",
            names(Target.values()) + ", " + names(AimPoint.values()));
      }
    }
    double delay = kind.lasts() ? DEFAULT_DELAY_SECONDS : seconds;
    return new FaultAction(
        number,
        kind,
        target,
        aim,
        kind.lasts() ? seconds : 0,
        aim == null ? Math.round(delay * 1_000) : 0);
  }

  private interface Naming<T> {
    String of(T value);
  }

  private static <T> Optional<T> find(String word, Stream<T> values, Naming<T> naming) {
    return values.filter(value -> naming.of(value).equalsIgnoreCase(word)).findFirst();
  }

  private static String names(Object[] values) {
    return String.join(
        ", ",
        Arrays.stream(values)
            .map(
                value ->
                    value instanceof FaultKind kind
                        ? kind.word()
                        : value instanceof Target target ? target.word() : ((AimPoint) value).id())
            .toList());
  }

  private static IllegalArgumentException unknown(String word, String what, String known) {
    return new IllegalArgumentException(
        "--only: '%s' is no %s; there are %s".formatted(word, what, known));
  }
}
