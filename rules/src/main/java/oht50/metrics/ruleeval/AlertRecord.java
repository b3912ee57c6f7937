package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import oht50.metrics.alerting.AlertMachine;
import oht50.metrics.alerting.VerdictLog;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Labels;
import oht50.metrics.publication.AlertText;
import oht50.metrics.publication.IssuedAlert;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * The alerts of one label set of a rule, one after the other: when their condition held, and what
 * was published of them. Immutable.
 *
 * @param text of the newest tick at which the condition held when it was evaluated
 */
record AlertRecord(Labels labels, VerdictLog log, AlertText text, List<IssuedAlert> issued) {
  AlertRecord {
    issued = List.copyOf(issued);
  }

  AlertRecord with(VerdictLog changed, AlertText newText) {
    return new AlertRecord(labels, changed, newText, issued);
  }

  /** In the place of what was noted of the same alert. */
  AlertRecord with(IssuedAlert alert) {
    List<IssuedAlert> changed = new ArrayList<>(issued);
    changed.removeIf(each -> each.alertId().equals(alert.alertId()));
    changed.add(alert);
    return new AlertRecord(labels, log, text, changed);
  }

  /** Null if nothing was published of it. */
  IssuedAlert find(String alertId) {
    return issued.stream().filter(each -> each.alertId().equals(alertId)).findFirst().orElse(null);
  }

  /** Without what no sample from a tick on can change; null if nothing is left. */
  AlertRecord from(AlertMachine machine, long tick, LongPredicate failed) {
    VerdictLog rest = tick > log.firstTick() ? log.from(machine, tick, failed) : log;
    List<IssuedAlert> left = new ArrayList<>(issued);
    left.removeIf(alert -> isSettled(alert, rest));
    return rest.isEmpty() && left.isEmpty() ? null : new AlertRecord(labels, rest, text, left);
  }

  private static boolean isSettled(IssuedAlert alert, VerdictLog rest) {
    boolean isAtEdge = rest.edge().isActive() && rest.edge().activeAt() == alert.activeAt();
    long end = alert.withdrawn() ? alert.activeAt() : alert.endsAt();
    return !isAtEdge && end != AlertTransition.OPEN && end < rest.firstTick();
  }

  /** Labels, log, value and annotations, what was published. */
  static final class BinaryForm implements Codec<AlertRecord> {
    private static final long serialVersionUID = 1L;

    private final VerdictLog.BinaryForm logs = new VerdictLog.BinaryForm();
    private final IssuedAlert.BinaryForm alerts = new IssuedAlert.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(AlertRecord record, DataOutput out) throws IOException {
      Primitives.writeLabels(record.labels, out);
      logs.write(record.log, out);
      Primitives.writeDouble(record.text.value(), out);
      Primitives.writeLabels(record.text.annotations(), out);
      Primitives.writeAll(record.issued, alerts, out);
    }

    @Override
    public AlertRecord read(int version, DataInput in) throws IOException {
      return new AlertRecord(
          Primitives.readLabels(in),
          logs.read(logs.version(), in),
          new AlertText(Primitives.readDouble(in), Primitives.readLabels(in)),
          Primitives.readAll(alerts, in));
    }
  }
}
