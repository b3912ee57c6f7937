package oht50.metrics.rule;

import java.util.BitSet;
import java.util.List;
import oht50.metrics.model.Event;

/** Finds the events that began something and had no answer in time. */
public interface SequenceMatcher {
  /**
   * @param rule the sequence
   * @param events events that concern the rule, sorted by time, at one time begins before answers
   * @param watermark nothing older will come; an A is unanswered once {@code A + within <=
   *     watermark}
   * @return indices of the A's that had no B in {@code [A, A + within)}
   */
  BitSet unanswered(SequenceRule rule, List<Event> events, long watermark);
}
