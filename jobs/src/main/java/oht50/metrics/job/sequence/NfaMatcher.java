package oht50.metrics.job.sequence;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.Event;
import oht50.metrics.rule.SequenceMatcher;
import oht50.metrics.rule.SequenceRule;
import oht50.metrics.typeinfo.CodecSerializer;
import oht50.metrics.wire.Codecs;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.cep.time.TimerService;
import org.apache.flink.configuration.Configuration;

/**
 * flink-cep's automaton over a robot's sorted events. Flink's own CEP operator drops late events;
 * here the events are kept by the caller and the automaton runs over them again whenever they have
 * changed.
 *
 * <p>Reads as its sentence: {@code begins} not followed by {@code answer} within t, or {@code
 * begins} alone for a rule that judges on arrival; every begin is matched by itself, because
 * episodes are cut by the caller. flink-cep gives no promise about these classes, so the version is
 * pinned and the matcher is compared with a plain scan in a test.
 */
final class NfaMatcher implements SequenceMatcher, AutoCloseable {
  private static final String BEGINS = "begins";
  private static final AfterMatchSkipStrategy NO_SKIP = AfterMatchSkipStrategy.noSkip();
  private static final TimerService NO_PROCESSING_TIME =
      () -> {
        throw new IllegalStateException("sequences know event time only");
      };

  private final Map<String, NFA<Event>> automata = new HashMap<>(); // rule name -> automaton
  private final HeapStateStore state = new HeapStateStore();
  // One for all runs: each new one would start a thread of its own.
  private final SharedBuffer<Event> buffer =
      new SharedBuffer<>(state, new CodecSerializer<>(new Codecs.EventCodec()));

  NfaMatcher(List<SequenceRule> rules, RuntimeContext context) throws Exception {
    for (SequenceRule rule : rules) {
      NFA<Event> automaton = NFACompiler.compileFactory(pattern(rule), true).createNFA();
      automaton.open(context, new Configuration());
      automata.put(rule.name(), automaton);
    }
  }

  private static Pattern<Event, ?> pattern(SequenceRule rule) {
    Pattern<Event, ?> begins =
        Pattern.<Event>begin(BEGINS, NO_SKIP)
            .where(
                new SimpleCondition<>() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  public boolean filter(Event event) {
                    return rule.isBegin(event);
                  }
                });
    if (rule.onArrival()) {
      return begins;
    }
    return begins
        .notFollowedBy("answer")
        .where(
            new SimpleCondition<>() {
              private static final long serialVersionUID = 1L;

              @Override
              public boolean filter(Event event) {
                return rule.isAnswer(event);
              }
            })
        .within(rule.within());
  }

  @Override
  public BitSet unanswered(SequenceRule rule, List<Event> events, long watermark) {
    IdentityHashMap<Event, Integer> indices = new IdentityHashMap<>();
    for (int i = 0; i < events.size(); i++) {
      indices.put(events.get(i), i);
    }
    BitSet unanswered = new BitSet();
    try {
      run(automata.get(rule.name()), events, watermark, indices, unanswered);
    } catch (Exception e) {
      throw new IllegalStateException("the automaton of " + rule.name() + " failed", e);
    } finally {
      state.clear();
    }
    return unanswered;
  }

  private void run(
      NFA<Event> automaton,
      List<Event> events,
      long watermark,
      IdentityHashMap<Event, Integer> indices,
      BitSet unanswered)
      throws Exception {
    NFAState run = automaton.createInitialNFAState();
    try (SharedBufferAccessor<Event> accessor = buffer.getAccessor()) {
      for (Event event : events) {
        note(
            automaton.advanceTime(accessor, run, event.timestamp(), NO_SKIP).f0,
            indices,
            unanswered);
        note(
            automaton.process(accessor, run, event, event.timestamp(), NO_SKIP, NO_PROCESSING_TIME),
            indices,
            unanswered);
      }
      note(automaton.advanceTime(accessor, run, watermark, NO_SKIP).f0, indices, unanswered);
    }
  }

  /** Ends the thread that flink-cep's buffer keeps for its statistics. */
  @Override
  public void close() {
    buffer.releaseCacheStatisticsTimer();
  }

  private static void note(
      Collection<Map<String, List<Event>>> matches,
      IdentityHashMap<Event, Integer> indices,
      BitSet unanswered) {
    for (Map<String, List<Event>> match : matches) {
      unanswered.set(indices.get(match.get(BEGINS).get(0)));
    }
  }
}
