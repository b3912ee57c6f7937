package oht50.metrics.job.ingest;

import java.util.EnumMap;
import java.util.Map;
import oht50.metrics.exposition.PageSelection;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends what a record holds to where it is used, and counts what is rejected by reason. Series that
 * have not asked lately ask for a place in the budget of their metric, before they speak. No state.
 */
public final class RouteFunction extends ProcessFunction<Decoded, SampleBatch> {
  private static final long serialVersionUID = 1L;

  private transient PageSelection selection;
  private transient Asking asking;
  private transient Map<RejectReason, Counter> rejects;
  private transient volatile double lagSeconds;

  @Override
  public void open(OpenContext context) {
    selection = new PageSelection();
    asking = new Asking();
    MetricGroup health = getRuntimeContext().getMetricGroup().addGroup("oht50");
    rejects = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      rejects.put(reason, health.addGroup("reason", reason.name()).counter("rejected"));
    }
    lagSeconds = Double.NaN;
    Gauge<Double> lag = () -> lagSeconds;
    health.gauge("ingest_lag_seconds", lag);
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<SampleBatch> out) {
    for (SampleBatch batch : decoded.batches()) {
      ask(batch.layout(), context);
      out.collect(batch);
      SampleBatch exposed = selection.of(batch);
      if (exposed != null) {
        context.output(SideOutputs.EXPOSED, exposed);
      }
    }
    for (Occurrence occurrence : decoded.occurrences()) {
      ask(occurrence.series(), context);
      context.output(SideOutputs.OCCURRENCES, occurrence);
    }
    for (Event event : decoded.events()) {
      context.output(SideOutputs.EVENTS, event);
    }
    for (MissionFact fact : decoded.missionFacts()) {
      context.output(SideOutputs.MISSION_FACTS, fact);
    }
    for (Registration registration : decoded.registrations()) {
      context.output(SideOutputs.REGISTRATIONS, registration);
    }
    for (Backfill backfill : decoded.backfills()) {
      context.output(SideOutputs.BACKFILLS, backfill);
    }
    for (Rejected rejected : decoded.rejected()) {
      rejects.get(rejected.reason()).inc();
      context.output(SideOutputs.REJECTED, rejected);
    }
    if (decoded.appendTime() > 0) {
      lagSeconds = (context.timerService().currentProcessingTime() - decoded.appendTime()) / 1000.0;
    }
  }

  private void ask(SeriesLayout layout, Context context) {
    asking.ask(layout, context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
  }
}
