package oht50.metrics.vda;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * The reports of a minute of event time of one robot, in the order of time. Immutable. Reports that
 * say the same share their state.
 *
 * @param before what is believed before the first of them
 * @param reports without robot and position
 */
public record ReportSlice(Belief before, List<StateReport> reports) {
  static ReportSlice startingAt(Belief before) {
    return new ReportSlice(before, List.of());
  }

  ReportSlice startingFrom(Belief other) {
    return new ReportSlice(other, reports);
  }

  /** This slice with one more report, or itself if that says nothing new. */
  ReportSlice with(StateReport report) {
    int at = Collections.binarySearch(reports, report, StateReport.BY_TIME);
    List<StateReport> more = new ArrayList<>(reports.size() + 1);
    more.addAll(reports);
    if (at < 0) {
      more.add(-at - 1, sharing(report));
    } else {
      more.set(at, sharing(reports.get(at).or(report)));
    }
    return new ReportSlice(before, List.copyOf(more));
  }

  /** Only what the slice does not know itself, with the state of a report that says the same. */
  private StateReport sharing(StateReport report) {
    RobotState state = report.state();
    for (StateReport held : reports) {
      if (held.state().equals(state)) {
        state = held.state();
        break;
      }
    }
    return new StateReport(null, report.timestamp(), report.headerId(), state, 0, 0);
  }

  /** What is believed after the last report; what follows from each goes out. */
  Belief fold(Consumer<DerivedFact> out) {
    Belief belief = before;
    for (StateReport report : reports) {
      belief = StateFold.next(belief, report, out);
    }
    return belief;
  }

  /** Belief, the states that occur; per report timestamp, header id, index of its state. */
  public static final class BinaryForm implements Codec<ReportSlice> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(ReportSlice slice, DataOutput out) throws IOException {
      Belief.write(slice.before, out);
      Map<RobotState, Integer> states = new LinkedHashMap<>();
      for (StateReport report : slice.reports) {
        states.putIfAbsent(report.state(), states.size());
      }
      Primitives.writeCount(states.size(), out);
      for (RobotState state : states.keySet()) {
        RobotState.write(state, out);
      }
      Primitives.writeCount(slice.reports.size(), out);
      for (StateReport report : slice.reports) {
        out.writeLong(report.timestamp());
        out.writeLong(report.headerId());
        Primitives.writeCount(states.get(report.state()), out);
      }
    }

    @Override
    public ReportSlice read(int version, DataInput in) throws IOException {
      Belief before = Belief.read(in);
      RobotState[] states = new RobotState[Primitives.readCount(in)];
      for (int i = 0; i < states.length; i++) {
        states[i] = RobotState.read(in);
      }
      int size = Primitives.readCount(in);
      List<StateReport> reports = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        reports.add(
            new StateReport(
                null, in.readLong(), in.readLong(), states[Primitives.readCount(in)], 0, 0));
      }
      return new ReportSlice(before, List.copyOf(reports));
    }
  }
}
