package oht50.metrics.fact;

import java.time.Duration;
import oht50.metrics.model.Position;
import oht50.metrics.model.Registration;

/**
 * Facts of a robot and what the registry says of it in, in any order; the facts that count out.
 * What counts is a pure function of both: a registration that comes after the facts, or another
 * one, takes back what should not have counted and brings what should have.
 *
 * <p>Facts leave once the watermark is the horizon past them; then they stay counted as they were.
 * A fact that comes later than that is judged by what is known of the registry.
 */
public final class FactCore {
  private static final long KEEP = Duration.ofDays(1).toMillis();
  private static final long LOOK_EVERY = Duration.ofMinutes(30).toMillis();

  private final FactTopics topics;
  private final long horizon;

  public FactCore(FactTopics topics, Duration horizon) {
    this.topics = topics;
    this.horizon = horizon.toMillis();
  }

  public void onFact(RobotFact fact, long watermark, FactStore store, FactOutput out) {
    if (fact.domain() == RobotFact.Domain.OTHER) {
      // Nobody else tells of it, so there is nothing to be chosen.
      out.event(fact.event());
      return;
    }
    FactIndex index = index(store);
    long timestamp = fact.timestamp();
    boolean isHeld = timestamp >= oldest(watermark);
    if (!isHeld && fact.isWithdrawn()) {
      return; // Whether it has counted is no longer known, and it stays as it is.
    }
    FactsOfInstant held = isHeld ? store.at(timestamp) : null;
    FactsOfInstant before = held == null ? FactsOfInstant.NONE : held;
    FactsOfInstant after = before.with(fact);
    FactIndex said = publish(fact.robot(), before, after, index, index.history(), out);
    if (!after.equals(before)) {
      if (isHeld) {
        store.at(timestamp, after.facts().isEmpty() ? null : after);
      }
      said = said.withFactAt(timestamp);
      store.wakeAt(nextLook(Math.max(watermark, timestamp + horizon)));
    }
    if (!said.equals(index)) {
      store.index(said);
    }
  }

  public void onRegistration(Registration said, long watermark, FactStore store, FactOutput out) {
    FactIndex index = index(store);
    SourceHistory history = index.history().with(said);
    FactIndex after = index;
    for (long instant : store.instants()) {
      if (instant >= oldest(watermark)) {
        FactsOfInstant facts = store.at(instant);
        after = publish(said.robotId(), facts, facts, after, history, out);
      }
    }
    after = after.with(history);
    // A robot that is registered no longer, and of which nothing is held, leaves nothing behind.
    store.index(history.isNone() && after.newest() == Long.MIN_VALUE ? null : after);
  }

  /** To be called when the watermark has reached an instant asked for by {@code wakeAt}. */
  public void onWatermark(long watermark, FactStore store) {
    FactIndex index = index(store);
    if (watermark == Long.MAX_VALUE || index.newest() == Long.MIN_VALUE) {
      return;
    }
    long first = Long.MAX_VALUE;
    for (long instant : store.instants()) {
      if (instant < oldest(watermark)) {
        store.at(instant, null);
      } else {
        first = Math.min(first, instant);
      }
    }
    if (first != Long.MAX_VALUE) {
      store.wakeAt(nextLook(Math.max(watermark, first + horizon)));
    } else if (watermark < index.newest() + horizon + KEEP) {
      // The version outlives the samples that it orders in the series.
      store.wakeAt(nextLook(index.newest() + horizon + KEEP));
    } else if (index.history().isNone()) {
      store.index(null);
    }
  }

  private FactIndex publish(
      String robot,
      FactsOfInstant before,
      FactsOfInstant after,
      FactIndex index,
      SourceHistory history,
      FactOutput out) {
    Counted said = Counted.of(before, index.history(), topics);
    Counted now = Counted.of(after, history, topics);
    if (said.equals(now)) {
      return index;
    }
    FactIndex published = said.samples().equals(now.samples()) ? index : index.published();
    now.since(said, Position.sourceId("facts of " + robot, 0), published.version(), out);
    return published;
  }

  private static FactIndex index(FactStore store) {
    FactIndex index = store.index();
    return index == null ? FactIndex.NONE : index;
  }

  private long oldest(long watermark) {
    return watermark < Long.MIN_VALUE + horizon ? Long.MIN_VALUE : watermark - horizon;
  }

  private static long nextLook(long instant) {
    return Math.floorDiv(instant, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY;
  }
}
