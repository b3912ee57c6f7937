package oht50.metrics.vda;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States of a robot in, in any order; what follows from them out, and what no longer follows taken
 * back. A pure function of the states sorted by time: a late one is put in its place, and what
 * follows is computed again from there on until nothing is believed otherwise.
 *
 * <p>States leave once the watermark is the horizon past them; what is believed after the last of
 * them is carried, for a week of silence. A state that comes later than that is in no result here.
 */
public final class StateCore {
  private static final long SLICE = 60_000;
  private static final long KEEP = Duration.ofDays(7).toMillis();
  private static final long LOOK_EVERY = Duration.ofMinutes(30).toMillis();

  private final long horizon;
  private final FactForm form;

  /**
   * @param topic of the states, for the positions of what follows from them
   */
  public StateCore(Duration horizon, String topic) {
    this.horizon = horizon.toMillis();
    this.form = new FactForm(topic);
  }

  /**
   * @return false if the report is beyond the horizon, and so not taken in
   */
  public boolean onReport(StateReport report, long watermark, ReportStore store, ReportOutput out) {
    ReportIndex held = store.index();
    ReportIndex index = held == null ? ReportIndex.startingWith(report) : held;
    if (report.timestamp() < Math.max(index.frontier(), oldest(watermark))) {
      return false;
    }
    long start = Math.floorDiv(report.timestamp(), SLICE) * SLICE;
    int at = index.find(start);
    ReportSlice before =
        at >= 0
            ? store.slice(start)
            : ReportSlice.startingAt(believedBefore(-at - 1, index, store));
    ReportSlice after = before.with(report);
    if (after.equals(before)) {
      return true;
    }
    index = index.with(start);
    store.slice(start, after);
    Change change = new Change();
    change.from(before, after);
    for (int next = index.find(start) + 1; change.goesOn(next, index); next++) {
      ReportSlice following = store.slice(index.starts()[next]);
      ReportSlice refolded = following.startingFrom(change.now);
      store.slice(index.starts()[next], refolded);
      change.from(following, refolded);
    }
    store.index(publish(change, report, index, out));
    store.wakeAt(nextLook(Math.max(watermark, report.timestamp() + horizon)));
    return true;
  }

  /** To be called when the watermark has reached an instant asked for by {@code wakeAt}. */
  public void onWatermark(long watermark, ReportStore store) {
    ReportIndex index = store.index();
    if (index == null || watermark == Long.MAX_VALUE) {
      return;
    }
    int left = 0;
    Belief carried = index.carried();
    long frontier = index.frontier();
    while (left < index.starts().length && index.starts()[left] + SLICE <= oldest(watermark)) {
      carried = store.slice(index.starts()[left]).fold(fact -> {});
      frontier = index.starts()[left] + SLICE;
      store.slice(index.starts()[left], null);
      left++;
    }
    ReportIndex rest = left == 0 ? index : index.without(left, carried, frontier);
    boolean isSilent = rest.starts().length == 0;
    if (isSilent && watermark >= rest.frontier() + KEEP) {
      store.index(null);
      return;
    }
    store.index(rest);
    store.wakeAt(nextLook(isSilent ? rest.frontier() + KEEP : rest.starts()[0] + SLICE + horizon));
  }

  /** States before it leave. */
  private long oldest(long watermark) {
    return watermark < Long.MIN_VALUE + horizon ? Long.MIN_VALUE : watermark - horizon;
  }

  private static long nextLook(long instant) {
    return Math.floorDiv(instant, LOOK_EVERY) * LOOK_EVERY + LOOK_EVERY;
  }

  private static Belief believedBefore(int place, ReportIndex index, ReportStore store) {
    return place == 0 ? index.carried() : store.slice(index.starts()[place - 1]).fold(fact -> {});
  }

  /** What was published is noted by offset: of two words on one fact the later is the right one. */
  private ReportIndex publish(
      Change change, StateReport cause, ReportIndex index, ReportOutput out) {
    if (change.followed.equals(change.follows)) {
      return index;
    }
    long offset = Math.max(index.issued() + 1, cause.offset());
    FactForm.Issue issue = form.issue(cause.robot(), index.sourceId(), offset);
    change.followed.forEach(
        (id, fact) -> {
          if (!change.follows.containsKey(id)) {
            issue.send(fact, true, out);
          }
        });
    change.follows.forEach(
        (id, fact) -> {
          if (!fact.equals(change.followed.get(id))) {
            issue.send(fact, false, out);
          }
        });
    return index.issued(offset);
  }

  /** What followed before a report, and what follows with it, as far as it reaches. */
  private static final class Change {
    private final Map<String, DerivedFact> followed = new LinkedHashMap<>();
    private final Map<String, DerivedFact> follows = new LinkedHashMap<>();
    private Belief was;
    private Belief now;

    private void from(ReportSlice before, ReportSlice after) {
      was = before.fold(fact -> followed.put(fact.id(), fact));
      now = after.fold(fact -> follows.put(fact.id(), fact));
    }

    private boolean goesOn(int next, ReportIndex index) {
      return next < index.starts().length && !was.equals(now);
    }
  }
}
