package oht50.metrics.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;

/**
 * From the first A to the first B after it.
 *
 * @param first the A that began it
 * @param answer the B that ended it, or null
 * @param unanswered whether no B came in time, as far as is known
 */
record Episode(Event first, Event answer, boolean unanswered) {
  /** Event time of the B, or {@link AlertTransition#OPEN}. */
  long endsAt() {
    return answer == null ? AlertTransition.OPEN : answer.timestamp();
  }

  /** Cuts sorted events into episodes; a B outside of one ends nothing. */
  static List<Episode> of(SequenceRule rule, List<Event> events, BitSet unanswered) {
    List<Episode> episodes = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (rule.isAnswer(event)) {
        if (begin >= 0) {
          episodes.add(new Episode(events.get(begin), event, unanswered.get(begin)));
        }
        begin = -1;
      } else if (begin < 0) {
        begin = i;
      }
    }
    if (begin >= 0) {
      episodes.add(new Episode(events.get(begin), null, unanswered.get(begin)));
    }
    return episodes;
  }
}
