package oht50.metrics.source.kafka;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of one field of VDA 5050, of all versions that have the field: 2.x writes {@code
 * TEACHIN} what 3.x writes {@code TEACH_IN}. Compared without regard to case, dashes and
 * underscores.
 */
final class VdaWord {
  static final VdaWord MODE =
      new VdaWord(
          "AUTOMATIC", "SEMIAUTOMATIC", "MANUAL", "SERVICE", "TEACH_IN", "STARTUP", "INTERVENED");
  static final VdaWord ERROR_LEVEL = new VdaWord("WARNING", "URGENT", "CRITICAL", "FATAL");
  static final VdaWord ACTION_STATUS =
      new VdaWord(
          "WAITING", "INITIALIZING", "RUNNING", "PAUSED", "RETRIABLE", "FINISHED", "FAILED");
  private static final Set<String> ENDED = Set.of("finished", "failed"); // of an action
  static final VdaWord EMERGENCY_STOP = new VdaWord("AUTOACK", "MANUAL", "REMOTE", "NONE");
  static final VdaWord ACTIVE_EMERGENCY_STOP = new VdaWord("MANUAL", "REMOTE", "NONE");
  static final VdaWord CONNECTION =
      new VdaWord("ONLINE", "OFFLINE", "HIBERNATING", "CONNECTION_BROKEN");

  private final List<String> labels;
  // squeezed word -> index of its label
  private final Map<String, Integer> indexes = new HashMap<>();

  private VdaWord(String... words) {
    labels = Arrays.stream(words).map(Text::word).toList();
    for (int i = 0; i < words.length; i++) {
      indexes.put(squeeze(words[i]), i);
    }
  }

  /** The words as labels spell them; their order is that of the indexes. */
  List<String> labels() {
    return labels;
  }

  /** The index of the field's word; −1 after a reject. */
  int require(Fields fields, String field) {
    String word = fields.requireText(field);
    if (word == null) {
      return -1;
    }
    int index = index(word);
    if (index < 0) {
      fields.unknownWord(field, word, String.join(", ", labels));
    }
    return index;
  }

  /** −1 for a word that is none of these. */
  int index(String word) {
    return indexes.getOrDefault(squeeze(word), -1);
  }

  /** Whether an action of this status is over. */
  static boolean hasEnded(int actionStatus) {
    return ENDED.contains(ACTION_STATUS.labels.get(actionStatus));
  }

  /** 1 if the field says this word, 0 for another one; NaN after a reject. */
  double flag(Fields fields, String field, String label) {
    int index = require(fields, field);
    if (index < 0) {
      return Double.NaN;
    }
    return labels.get(index).equals(label) ? 1 : 0;
  }

  private static String squeeze(String word) {
    return Text.word(word).replace("_", "");
  }
}
