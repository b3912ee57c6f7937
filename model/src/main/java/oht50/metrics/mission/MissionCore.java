package oht50.metrics.mission;

import java.time.Duration;
import java.util.List;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.model.StaleMarker;

/**
 * Facts of a mission in, in any order; what follows from them out, and what no longer follows taken
 * back. What was said before is what follows from the facts before, so only these are kept.
 *
 * <p>A mission leaves state when nothing has been heard of it for a day of the watermark: long
 * after its counts have left theirs, so that a repeat is not taken for a new mission.
 */
public final class MissionCore {
  private static final long KEEP = Duration.ofDays(1).toMillis();
  private static final long LOOK_EVERY = Duration.ofMinutes(30).toMillis();

  private final MissionLife life;

  /**
   * @param queueTimeout after which a queued mission of which nothing is heard counts as gone
   */
  public MissionCore(Duration queueTimeout) {
    this.life = new MissionLife(queueTimeout.toMillis());
  }

  public void onFact(MissionFact fact, long watermark, MissionStore store, MissionOutput out) {
    MissionLog held = store.log();
    MissionLog before = held == null ? MissionLog.startingWith(fact) : held;
    MissionLog after = before.with(fact).judgedAt(watermark).arrivedAt(watermark);
    store.log(publish(before, after, out));
    wakeAtDeadline(after, store);
    store.wakeAt(
        nextLook(Math.max(Math.max(after.arrival(), after.newest()), fact.timestamp()) + KEEP));
  }

  /** To be called when the watermark has reached an instant asked for by {@code wakeAt}. */
  public void onWatermark(long watermark, MissionStore store, MissionOutput out) {
    MissionLog before = store.log();
    if (before == null) {
      return;
    }
    MissionLog after = before.judgedAt(watermark);
    if (after.arrival() == Long.MIN_VALUE) {
      // One that spoke before there was a watermark is as old as the first look at it.
      after = after.arrivedAt(watermark);
    }
    after = publish(before, after, out);
    long leavesAt = Math.max(after.arrival(), after.newest()) + KEEP;
    if (watermark != Long.MAX_VALUE && watermark >= leavesAt) {
      store.log(null);
      return;
    }
    store.log(after);
    wakeAtDeadline(after, store);
    if (watermark != Long.MAX_VALUE) {
      store.wakeAt(nextLook(leavesAt));
    }
  }

  private void wakeAtDeadline(MissionLog log, MissionStore store) {
    long deadline = life.nextDeadline(log);
    if (deadline != MissionAttempt.UNKNOWN) {
      store.wakeAt(deadline);
    }
  }

  private static long nextLook(long instant) {
    return Math.floorDiv(instant + LOOK_EVERY - 1, LOOK_EVERY) * LOOK_EVERY;
  }

  private MissionLog publish(MissionLog before, MissionLog after, MissionOutput out) {
    List<MissionAttempt> said = life.attempts(before);
    List<MissionAttempt> now = life.attempts(after);
    if (said.equals(now)) {
      return after;
    }
    MissionLog published = after.published();
    attempts(said, now, out);
    MissionClaims saidOf = MissionClaims.of(said);
    MissionClaims nowOf = MissionClaims.of(now);
    String mission = (now.isEmpty() ? said : now).get(0).mission();
    Said as = new Said(Position.sourceId("mission " + mission, 0), published.version());
    ends(saidOf, nowOf, as, out);
    durations(saidOf, nowOf, as, out);
    nowOf.levelsSince(saidOf).forEach(out::level);
    return published;
  }

  /** The position of what follows from the facts: of two answers the later one is right. */
  private record Said(long sourceId, int version) {}

  private static void attempts(
      List<MissionAttempt> said, List<MissionAttempt> now, MissionOutput out) {
    now.stream().filter(attempt -> !said.contains(attempt)).forEach(out::attempt);
    for (int number = now.size() + 1; number <= said.size(); number++) {
      out.attempt(said.get(number - 1).withdrawn());
    }
  }

  // What no longer counts first: of two counts of one second the last is the right one.
  private static void ends(MissionClaims said, MissionClaims now, Said as, MissionOutput out) {
    for (MissionClaims.End end : said.ends()) {
      if (!now.ends().contains(end)) {
        out.ended(occurrence(end, as, true));
      }
    }
    for (MissionClaims.End end : now.ends()) {
      if (!said.ends().contains(end)) {
        out.ended(occurrence(end, as, false));
      }
    }
  }

  private static Occurrence occurrence(MissionClaims.End end, Said as, boolean isWithdrawn) {
    return new Occurrence(
        end.series(), end.naturalKey(), end.timestamp(), as.sourceId(), as.version(), isWithdrawn);
  }

  private static void durations(MissionClaims said, MissionClaims now, Said as, MissionOutput out) {
    for (MissionClaims.Place place : said.durations().keySet()) {
      if (!now.durations().containsKey(place)) {
        // In no aggregate: as if the sample had never been.
        out.duration(sample(place, StaleMarker.VALUE, as), false);
      }
    }
    boolean isMore = now.durations().size() > said.durations().size();
    now.durations()
        .forEach(
            (place, seconds) -> {
              if (!seconds.equals(said.durations().get(place))) {
                out.duration(
                    sample(place, seconds, as), isMore && !said.durations().containsKey(place));
              }
            });
  }

  private static SampleBatch sample(MissionClaims.Place place, double value, Said as) {
    return new SampleBatch(
        SeriesLayout.of(place.series()),
        new long[] {place.timestamp()},
        new double[] {value},
        as.sourceId(),
        as.version());
  }
}
