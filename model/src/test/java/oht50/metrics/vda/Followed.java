package oht50.metrics.vda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.wire.Codec;

/**
 * Who listens to what follows from states and believes what is said last. State goes through its
 * binary form each time.
 */
final class Followed implements ReportOutput {
  static final Duration HORIZON = Duration.ofHours(2);

  private final StateCore core = new StateCore(HORIZON, "vda5050.state");
  private final Map<Long, ReportSlice> slices = new HashMap<>();
  private final TreeSet<Long> wakeUps = new TreeSet<>();
  private final Map<String, Event> events = new TreeMap<>();
  private final Map<String, String> standing = new TreeMap<>(); // what the facts say
  private final Map<Long, List<Occurrence>> counts = new HashMap<>();
  private ReportIndex index;
  private long watermark = Long.MIN_VALUE;
  private int withdrawals;

  private final ReportStore store =
      new ReportStore() {
        @Override
        public ReportIndex index() {
          return index == null ? null : copy(index, new ReportIndex.BinaryForm());
        }

        @Override
        public void index(ReportIndex value) {
          index = value;
        }

        @Override
        public ReportSlice slice(long start) {
          ReportSlice slice = slices.get(start);
          return slice == null ? null : copy(slice, new ReportSlice.BinaryForm());
        }

        @Override
        public void slice(long start, ReportSlice slice) {
          if (slice == null) {
            slices.remove(start);
          } else {
            slices.put(start, slice);
          }
        }

        @Override
        public void wakeAt(long watermark) {
          wakeUps.add(watermark);
        }
      };

  boolean hear(StateReport report) {
    return core.onReport(copy(report, new StateReport.BinaryForm()), watermark, store, this);
  }

  void watermark(long to) {
    watermark = to;
    while (!wakeUps.isEmpty() && wakeUps.first() <= to) {
      wakeUps.pollFirst();
      core.onWatermark(to, store);
    }
  }

  @Override
  public void event(Event event) {
    Event before = events.put(event.kind().word() + ' ' + event.id(), event);
    if (before != null && !event.position().isAfter(before.position())) {
      throw new AssertionError("a table would keep " + before + ", not " + event);
    }
    withdrawals += event.isWithdrawn() ? 1 : 0;
  }

  @Override
  public void fact(RobotFact fact) {
    String what = fact.event() == null ? describe(fact.missionFact()) : describe(fact.event());
    if (fact.isWithdrawn()) {
      standing.remove(fact.id() + "");
    } else {
      standing.put(fact.id() + "", what);
    }
    // A newer word on a fact takes the place of all that the older one said.
    counts.put(fact.id(), fact.isWithdrawn() ? List.of() : fact.counted());
  }

  /** What stands, in the order of time: {@code seconds type severity} or {@code seconds order}. */
  List<String> facts() {
    return standing.values().stream().sorted().toList();
  }

  List<String> safety() {
    return facts().stream().filter(fact -> fact.contains("safety")).toList();
  }

  List<String> statuses() {
    return facts().stream().filter(fact -> fact.contains("status")).toList();
  }

  /** Rows of the table that are not withdrawn. */
  int rows() {
    return (int) events.values().stream().filter(event -> !event.isWithdrawn()).count();
  }

  int counted() {
    return counts.values().stream().mapToInt(List::size).sum();
  }

  int withdrawals() {
    return withdrawals;
  }

  int held() {
    return slices.size();
  }

  boolean isEmpty() {
    return index == null && slices.isEmpty();
  }

  private static String describe(Event event) {
    List<String> words = new ArrayList<>(List.of(time(event.timestamp()), event.kind().word()));
    words.add(event.status() == null ? event.type() : event.id().split("/", -1)[2]);
    words.add(event.status() == null ? event.severity() : event.status());
    return String.join(" ", words.stream().map(word -> word == null ? "-" : word).toList());
  }

  private static String describe(MissionFact fact) {
    return time(fact.timestamp()) + " status " + fact.mission() + ' ' + fact.status().word();
  }

  private static String time(long timestamp) {
    return String.format("%06.1f", timestamp / 1000.0);
  }

  private static <T> T copy(T value, Codec<T> codec) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(value, new DataOutputStream(bytes));
      return codec.read(
          codec.version(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
