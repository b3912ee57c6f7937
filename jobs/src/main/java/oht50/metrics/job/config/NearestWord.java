package oht50.metrics.job.config;

import java.util.Collection;
import java.util.Optional;

/**
 * Which of the known words was meant: the one of the smallest optimal string alignment distance
 * (inserted, left out, changed and swapped letters count one each), if it is a third of the word at
 * most.
 */
final class NearestWord {
  private NearestWord() {}

  static Optional<String> of(String word, Collection<String> known) {
    String nearest = null;
    int smallest = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < smallest) {
        smallest = distance;
        nearest = candidate;
      }
    }
    return smallest <= Math.max(1, word.length() / 3)
        ? Optional.ofNullable(nearest)
        : Optional.empty();
  }

  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int changed = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(changed, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean isSwapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (isSwapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
