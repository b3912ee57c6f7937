package oht50.metrics.sink.repair;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.sink.postgres.RepairLedger;
import oht50.metrics.sink.postgres.RepairLedger.Reject;
import oht50.metrics.sink.postgres.RepairLedger.Request;
import oht50.metrics.sink.postgres.RepairLedger.StoredWindow;
import oht50.metrics.sink.postgres.StoredPoints;
import oht50.metrics.sink.repair.RepairTopic.Message;
import oht50.metrics.time.Interval;
import oht50.metrics.wire.RepairRecord;

/** What a round has to say to the requests it takes, and what becomes of them afterwards. */
final class Answers {
  /** No day is longer, in any zone. */
  private static final long LONGEST_DAY = 26 * Interval.HOUR.millis();

  private record Day(long seriesId, long number) {}

  private final RepairLedger ledger;
  private final Duration expiry;
  private final int maxPoints;

  private final Map<Long, List<Request>> questions = new LinkedHashMap<>(); // series id ->
  private final Map<Day, List<Request>> days = new LinkedHashMap<>();

  private final List<Message> messages = new ArrayList<>();
  private final List<Request> done = new ArrayList<>();
  private final List<Request> asked = new ArrayList<>();
  private final List<Reject> rejects = new ArrayList<>();
  private long windows;
  private long points;

  Answers(RepairLedger ledger, RepairSettings settings) {
    this.ledger = ledger;
    this.expiry = settings.expiry();
    this.maxPoints = settings.maxPoints();
  }

  List<Message> messages() {
    return messages;
  }

  /** Requests that are over. */
  List<Request> done() {
    return done;
  }

  /** Requests whose series has been asked. */
  List<Request> asked() {
    return asked;
  }

  List<Reject> rejects() {
    return rejects;
  }

  boolean isEmpty() {
    return done.isEmpty() && asked.isEmpty() && rejects.isEmpty();
  }

  Repaired counts() {
    return new Repaired(asked.size(), windows, points, rejects.size());
  }

  void take(Request request) {
    RepairWindow window = request.window();
    if (request.series().id() != window.seriesId()) {
      return; // a name that the database could not hold as it is: nobody would know the series by
      // it
    }
    if (request.series().labels().get(OverflowSum.LABEL) != null) {
      refuse(request, "no raw points are kept of samples beyond the budget");
    } else if (request.isAnswerable()) {
      long number = Math.floorDiv(window.windowStart(), Interval.DAY.millis());
      days.computeIfAbsent(new Day(window.seriesId(), number), unused -> new ArrayList<>())
          .add(request);
    } else {
      questions.computeIfAbsent(window.seriesId(), unused -> new ArrayList<>()).add(request);
    }
  }

  /** Looks up what the requests need. */
  void read() throws SQLException {
    for (List<Request> of : questions.values()) {
      ask(of);
    }
    for (List<Request> day : days.values()) {
      if (!answer(day)) {
        return; // a round has its limit; the others are for the next one
      }
    }
  }

  private void ask(List<Request> requests) {
    Request any = requests.get(0);
    // What an earlier attempt said of its state would be taken for true.
    List<RepairWindow> unknown =
        windowsOf(requests).stream()
            .map(window -> window.withFrontier(RepairWindow.UNKNOWN))
            .toList();
    send(Backfill.question(any.series(), any.incarnation(), unknown));
    asked.addAll(requests);
  }

  /** Whether there was room for it. */
  private boolean answer(List<Request> day) throws SQLException {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long until = Long.MIN_VALUE;
    for (Request request : day) {
      first = Math.min(first, request.window().windowStart());
      last = Math.max(last, request.window().windowStart());
      until = Math.max(until, request.window().frontier());
    }
    long from = first - Backfill.REACH_BEFORE;
    until = Math.min(until, last + Backfill.reachAfter(expiry));
    Request any = day.get(0);
    StoredPoints found = ledger.points(any.series().id(), from, until, maxPoints + 1);
    if (found.size() > maxPoints) {
      day.forEach(this::refuseAsTooLarge);
      return true;
    }
    if (points > 0 && points + found.size() > maxPoints) {
      return false;
    }
    List<Request> whole = new ArrayList<>();
    List<StoredWindow> stored =
        ledger.stored(any.series().id(), first - LONGEST_DAY, last + LONGEST_DAY);
    for (Request request : day) {
      Optional<String> loss = Refusal.lossOf(request.window(), stored, found, until);
      if (loss.isPresent()) {
        refuse(request, loss.get());
      } else {
        whole.add(request);
      }
    }
    if (whole.isEmpty()) {
      return true;
    }
    StoredPoints said = ledger.newestBefore(any.series(), from, expiry);
    boolean isSent =
        send(
            new Backfill(
                any.series(),
                any.incarnation(),
                from,
                until,
                said.size() == 0 ? Backfill.NOTHING_SAID : said.timestamps()[0],
                said.size() == 0 ? 0 : said.values()[0],
                found.timestamps(),
                found.values(),
                windowsOf(whole)));
    if (isSent) {
      windows += whole.size();
      points += found.size();
      done.addAll(whole);
    } else {
      whole.forEach(this::refuseAsTooLarge);
    }
    return true;
  }

  private boolean send(Backfill backfill) {
    byte[] value = RepairRecord.value(backfill);
    if (value.length > RepairRecord.MAX_BYTES) {
      return false;
    }
    messages.add(new Message(RepairRecord.key(backfill), value));
    return true;
  }

  private static List<RepairWindow> windowsOf(List<Request> requests) {
    return requests.stream().map(Request::window).toList();
  }

  private void refuseAsTooLarge(Request request) {
    rejects.add(
        new Reject(
            request,
            RejectReason.REPAIR_TOO_LARGE,
            "more points in the days around it than the "
                + maxPoints
                + ", or the "
                + RepairRecord.MAX_BYTES
                + " bytes, that a record may carry"));
    done.add(request);
  }

  private void refuse(Request request, String detail) {
    rejects.add(new Reject(request, RejectReason.REPAIR_WITHOUT_POINTS, detail));
    done.add(request);
  }
}
