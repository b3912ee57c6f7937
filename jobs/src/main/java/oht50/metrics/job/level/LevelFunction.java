package oht50.metrics.job.level;

import java.time.Duration;
import java.time.Instant;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.job.ingest.Asking;
import oht50.metrics.job.state.Kept;
import oht50.metrics.level.LevelChange;
import oht50.metrics.level.LevelCore;
import oht50.metrics.level.LevelLog;
import oht50.metrics.level.LevelOutput;
import oht50.metrics.level.LevelStore;
import oht50.metrics.model.Position;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.typeinfo.CodecSerializer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Changes of levels in, samples of these levels out.
 *
 * <p>Key: the id of the level's series. State: its changes of the horizon, and the sum of those
 * before, which stays: there are few levels. A late change says again what came after it.
 */
public final class LevelFunction extends KeyedProcessFunction<Long, LevelChange, SampleBatch> {
  private static final long serialVersionUID = 1L;

  private static final ValueStateDescriptor<LevelLog> LOG =
      new ValueStateDescriptor<>("level-log", new CodecSerializer<>(new LevelLog.BinaryForm()));

  // Configuration.
  private final Duration horizon;
  private final Duration window;

  // Runtime.
  private transient LevelCore core;
  private transient ValueState<LevelLog> log;
  private transient Asking asking;

  /**
   * @param window over which a share is taken
   */
  public LevelFunction(Duration horizon, Duration window) {
    this.horizon = horizon;
    this.window = window;
  }

  @Override
  public void open(OpenContext context) {
    core = new LevelCore(horizon, window);
    log = getRuntimeContext().getState(LOG);
    asking = new Asking();
  }

  @Override
  public void processElement(LevelChange change, Context context, Collector<SampleBatch> out) {
    core.onChange(change, new Store(), new Emitter(context, out));
  }

  private final class Emitter implements LevelOutput {
    private final Context context;
    private final Collector<SampleBatch> out;

    private Emitter(Context context, Collector<SampleBatch> out) {
      this.context = context;
      this.out = out;
    }

    @Override
    public void samples(SampleBatch batch) {
      asking.ask(
          batch.layout(), context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
      out.collect(batch);
      context.output(SideOutputs.EXPOSED, batch);
    }

    @Override
    public void beyondHorizon(LevelChange change) {
      context.output(
          SideOutputs.REJECTED,
          new Rejected(
              new Position("level " + change.series().canonical(), 0, change.timestamp()),
              change.series().canonical(),
              RejectReason.BEYOND_COUNTS,
              "a change of "
                  + Instant.ofEpochMilli(change.timestamp())
                  + " is older than the levels remember; only what was said since is right",
              null,
              null,
              change.timestamp()));
    }
  }

  private final class Store implements LevelStore {
    @Override
    public LevelLog log() {
      return Kept.value(log);
    }

    @Override
    public void log(LevelLog value) {
      Kept.value(log, value);
    }
  }
}
