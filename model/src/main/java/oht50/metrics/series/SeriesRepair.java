package oht50.metrics.series;

import java.util.ArrayList;
import java.util.List;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.time.Interval;
import oht50.metrics.time.WindowCalendar;

/**
 * Computes windows whose points have left state from what is stored of their series.
 *
 * <p>The pass that computes everything else computes them: over a {@link RepairStore}, in which the
 * series has its points back. What state holds of their parents is taken over from there, so that
 * later corrections go on from the repaired values; the rows that were asked for, those above them
 * and the next minute in which a counter or a state speaks are published, cause {@code backfill}.
 *
 * <p>A window is computed as far as its points are known: before the series' frontier, and before
 * the instant up to which they are stored as a whole, by the backfill; from the frontier on by what
 * state holds. One that lies between is asked for again, with the frontier of today.
 */
final class SeriesRepair {
  private final SeriesPass pass;
  private final RowForm rows;
  private final long expiry;

  SeriesRepair(SeriesOptions options) {
    this.pass = new SeriesPass(options);
    this.expiry = options.expiry().toMillis();
    this.rows = new RowForm(new Continuity(expiry));
  }

  void apply(
      Backfill backfill,
      long watermark,
      WindowCalendar calendar,
      SeriesStore store,
      SeriesOutput out) {
    SeriesTable table = store.table() == null ? SeriesTable.EMPTY : store.table();
    int column = table.columnOf(backfill.series());
    if (column == SeriesTable.COLLISION) {
      return; // the id is another series', which asks for itself
    }
    boolean isKnown = column >= 0;
    long frontier = isKnown ? table.frontier(column) : RepairWindow.ALL_HAS_LEFT;
    if (backfill.isQuestion()) {
      answer(backfill, frontier, calendar, out);
      return;
    }
    Agenda agenda = store.agenda();
    long now = agenda == null ? watermark : Math.max(watermark, agenda.processed());
    RepairSpan span = RepairSpan.of(calendar, backfill.until(), frontier, now);

    List<RepairWindow> asked = new ArrayList<>();
    for (RepairWindow window : backfill.windows()) {
      if (span.firstNeeded(window) >= backfill.from() && span.end(window) <= span.known()) {
        asked.add(window);
      } else {
        out.repair(window.atLeast(frontier));
      }
    }
    if (!asked.isEmpty()) {
      SeriesStore kept = isKnown ? store : null;
      WindowRepair repair = new WindowRepair(pass, rows, expiry, backfill, span, now, kept, column);
      noteDaysThatHaveLeft(repair.run(asked, out), calendar, store);
    }
  }

  /**
   * Days that are published and not held cannot be cut anew, whatever zone the registry may name.
   */
  private static void noteDaysThatHaveLeft(
      List<Long> published, WindowCalendar calendar, SeriesStore store) {
    Holdings holdings = store.holdings() == null ? Holdings.EMPTY : store.holdings();
    long left = Long.MIN_VALUE;
    for (long day : published) {
      long end = calendar.end(Interval.DAY, day);
      int first = Holdings.firstFrom(holdings.quarters(), day);
      boolean isHeld = first < holdings.quarters().length && holdings.quarters()[first] < end;
      left = isHeld ? left : Math.max(left, end);
    }
    if (left == Long.MIN_VALUE) {
      return;
    }
    if (store.table() != null) {
      store.holdings(holdings.withDaysFrom(left));
    } else if (store.settings() != null) {
      store.settings(store.settings().afterAllHasLeft(left));
    }
  }

  /** Says how far state reaches back, as soon as that helps: until then it is asked again. */
  private static void answer(
      Backfill question, long frontier, WindowCalendar calendar, SeriesOutput out) {
    RepairSpan span = new RepairSpan(calendar, frontier, frontier, false);
    for (RepairWindow window : question.windows()) {
      if (span.end(window) <= frontier) {
        out.repair(window.atLeast(frontier));
      }
    }
  }
}
