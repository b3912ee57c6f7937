package oht50.metrics.source.relabel;

import java.util.Locale;

/** What a rule does with labels. */
enum RelabelAction {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Null for another word; the case of letters does not matter. */
  static RelabelAction ofWord(String word) {
    for (RelabelAction action : values()) {
      if (action.name().equalsIgnoreCase(word)) {
        return action;
      }
    }
    return null;
  }

  boolean writesTheTarget() {
    return this == REPLACE || this == HASHMOD || this == LOWERCASE || this == UPPERCASE;
  }

  boolean comparesWithTheTarget() {
    return this == KEEPEQUAL || this == DROPEQUAL;
  }

  boolean chooses() {
    return this == LABELDROP || this == LABELKEEP;
  }
}
