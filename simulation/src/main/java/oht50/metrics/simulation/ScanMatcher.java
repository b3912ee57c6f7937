package oht50.metrics.simulation;

import java.util.BitSet;
import java.util.List;
import oht50.metrics.model.Event;
import oht50.metrics.rule.SequenceMatcher;
import oht50.metrics.rule.SequenceRule;

/**
 * Looks ahead from each event that begins something; stands in for flink-cep where Flink is not.
 */
final class ScanMatcher implements SequenceMatcher {
  @Override
  public BitSet unanswered(SequenceRule rule, List<Event> events, long watermark) {
    BitSet unanswered = new BitSet();
    for (int begin = 0; begin < events.size(); begin++) {
      if (!rule.isBegin(events.get(begin))) {
        continue;
      }
      long deadline = events.get(begin).timestamp() + rule.within().toMillis();
      boolean isAnswered = false;
      for (int i = begin + 1; i < events.size() && events.get(i).timestamp() < deadline; i++) {
        isAnswered |= rule.isAnswer(events.get(i));
      }
      unanswered.set(begin, !isAnswered && (rule.onArrival() || deadline <= watermark));
    }
    return unanswered;
  }
}
