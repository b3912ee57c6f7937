package oht50.metrics.ruleeval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/** What is kept of a rule in a part. Immutable. */
public final class RuleState {
  static final RuleState NONE = new RuleState(new long[0], List.of());

  private final long[] failed; // ticks at which it had no result, ascending
  private final List<AlertRecord> alerts;

  RuleState(long[] failed, List<AlertRecord> alerts) {
    this.failed = failed;
    this.alerts = List.copyOf(alerts);
  }

  long[] failed() {
    return failed;
  }

  List<AlertRecord> alerts() {
    return alerts;
  }

  boolean isEmpty() {
    return failed.length == 0 && alerts.isEmpty();
  }

  /** Ticks without a result, alerts. */
  public static final class BinaryForm implements Codec<RuleState> {
    private static final long serialVersionUID = 1L;

    private final AlertRecord.BinaryForm records = new AlertRecord.BinaryForm();

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RuleState state, DataOutput out) throws IOException {
      Primitives.writeLongs(state.failed, out);
      Primitives.writeAll(state.alerts, records, out);
    }

    @Override
    public RuleState read(int version, DataInput in) throws IOException {
      return new RuleState(Primitives.readLongs(in), Primitives.readAll(records, in));
    }
  }
}
