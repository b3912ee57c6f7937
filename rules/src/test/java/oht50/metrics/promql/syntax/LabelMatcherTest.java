package oht50.metrics.promql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import oht50.metrics.model.Labels;
import org.junit.jupiter.api.Test;

class LabelMatcherTest {
  private static final List<String> PARTS =
      List.of("a", "b", "ab", "|", "|", ".", "*", "\\.", "(?i)", "é", "\n", " ", "-", "#", "&", "");

  /** Lists of words are looked up, all other expressions are run; RE2 itself decides. */
  @Test
  void expressionsMatchWhatRe2Says() {
    Random random = new Random(11);
    int lists = 0;
    int found = 0;
    for (int i = 0; i < 50_000; i++) {
      String expression = text(random);
      LabelMatcher matcher;
      try {
        matcher = LabelMatcher.of("a", MatchOperator.REGEX, expression);
      } catch (IllegalArgumentException e) {
        continue; // a repetition of nothing
      }
      String[] words = expression.split("\\|", -1);
      String label = random.nextBoolean() ? text(random) : words[random.nextInt(words.length)];
      boolean isFound = LabelMatcher.wholeValue(expression).matches(label);
      assertThat(matcher.matches(label)).as("%s of %s", expression, label).isEqualTo(isFound);
      assertThat(LabelMatcher.of("a", MatchOperator.NOT_REGEX, expression).matches(label))
          .as("not %s of %s", expression, label)
          .isEqualTo(!isFound);
      boolean isList = words.length > 1 && expression.matches("[^.*()\\\\]*");
      lists += isList ? 1 : 0;
      found += isList && isFound ? 1 : 0;
    }
    assertThat(lists).isGreaterThan(5_000);
    assertThat(found).isBetween(lists / 4, lists * 3 / 4);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  @Test
  void aSeriesIsSelectedIfAllMatch() {
    Labels series = Labels.of("__name__", "up", "job", "a");
    LabelMatcher isUp = LabelMatcher.ofMetric("up");

    assertThat(LabelMatcher.matchAll(List.of(), series)).isTrue();
    assertThat(LabelMatcher.matchAll(List.of(isUp, matcher("job", "a|b")), series)).isTrue();
    assertThat(LabelMatcher.matchAll(List.of(isUp, matcher("job", "b|c")), series)).isFalse();
    assertThat(LabelMatcher.matchAll(List.of(isUp, matcher("site", "x|")), series)).isTrue();
  }

  private static LabelMatcher matcher(String label, String expression) {
    return LabelMatcher.of(label, MatchOperator.REGEX, expression);
  }
}
