package oht50.metrics.job.ingest;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import oht50.metrics.exposition.PageSelection;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SampleFilter;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.relabel.SeriesRelabeling;
import oht50.metrics.source.relabel.SourceRules;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sends what a record holds to where it is used, and counts what is rejected by reason. Samples and
 * occurrences are relabelled first, by the rules of their source; facts are not. Series that have
 * not asked lately ask for a place in the budget of their metric, before they speak. No state.
 */
public final class RouteFunction extends ProcessFunction<Decoded, SampleBatch> {
  private static final long serialVersionUID = 1L;

  /** Stands for all metrics of missions: they are joined, and left out, as a whole. */
  private static final String OF_MISSIONS = "oht50_missions_total";

  private final SourceRules rules;
  private final MetricSelection metrics;
  private final boolean takesMissions;

  private transient SeriesRelabeling relabeling; // null when there are no rules
  private transient SampleFilter taken; // null: all
  private transient PageSelection selection;
  private transient Asking asking;
  private transient Map<RejectReason, Counter> rejects;
  private transient Counter leftOut;
  private transient volatile double lagSeconds;

  /**
   * @param rules for the series of the source
   * @param metrics which samples, counts and missions are taken, by the names that the rules give
   *     them; events always are
   */
  public RouteFunction(SourceRules rules, MetricSelection metrics) {
    this.rules = rules;
    this.metrics = metrics;
    this.takesMissions = metrics.takes(OF_MISSIONS);
  }

  @Override
  public void open(OpenContext context) {
    taken = metrics.takesAll() ? null : new SampleFilter(series -> metrics.takes(series.name()));
    selection = new PageSelection();
    asking = new Asking();
    MetricGroup health = getRuntimeContext().getMetricGroup().addGroup("oht50");
    rejects = new EnumMap<>(RejectReason.class);
    for (RejectReason reason : RejectReason.values()) {
      rejects.put(reason, health.addGroup("reason", reason.name()).counter("rejected"));
    }
    relabeling = rules.isNone() ? null : new SeriesRelabeling(rules, tally(health));
    leftOut = health.counter("left_out_samples");
    lagSeconds = Double.NaN;
    Gauge<Double> lag = () -> lagSeconds;
    health.gauge("ingest_lag_seconds", lag);
  }

  @Override
  public void processElement(Decoded decoded, Context context, Collector<SampleBatch> out) {
    for (SampleBatch batch : decoded.batches()) {
      if (relabeling == null) {
        send(batch, context, out);
      } else {
        relabeling.relabel(batch, changed -> send(changed, context, out));
      }
    }
    for (Occurrence occurrence : decoded.occurrences()) {
      if (relabeling == null) {
        send(occurrence, context);
      } else {
        relabeling.relabel(occurrence, changed -> send(changed, context));
      }
    }
    for (Event event : decoded.events()) {
      context.output(SideOutputs.EVENTS, event);
    }
    for (MissionFact fact : decoded.missionFacts()) {
      if (takesMissions) {
        context.output(SideOutputs.MISSION_FACTS, fact);
      }
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

  private static SeriesRelabeling.Tally tally(MetricGroup health) {
    Map<SeriesRelabeling.Outcome, Counter> outcomes = new EnumMap<>(SeriesRelabeling.Outcome.class);
    for (SeriesRelabeling.Outcome outcome : SeriesRelabeling.Outcome.values()) {
      String word = outcome.name().toLowerCase(Locale.ROOT);
      outcomes.put(outcome, health.addGroup("outcome", word).counter("relabelled"));
    }
    return (outcome, samples) -> outcomes.get(outcome).inc(samples);
  }

  private void send(SampleBatch all, Context context, Collector<SampleBatch> out) {
    SampleBatch batch = taken == null ? all : takenOf(all);
    if (batch == null) {
      return;
    }
    ask(batch.layout(), context);
    out.collect(batch);
    SampleBatch exposed = selection.of(batch);
    if (exposed != null) {
      context.output(SideOutputs.EXPOSED, exposed);
    }
  }

  private void send(Occurrence occurrence, Context context) {
    if (!metrics.takes(occurrence.series().series(0).name())) {
      leftOut.inc();
      return;
    }
    ask(occurrence.series(), context);
    context.output(SideOutputs.OCCURRENCES, occurrence);
  }

  private SampleBatch takenOf(SampleBatch batch) {
    SampleBatch part = taken.of(batch);
    leftOut.inc(batch.size() - (part == null ? 0 : part.size()));
    return part;
  }

  private void ask(SeriesLayout layout, Context context) {
    asking.ask(layout, context.timerService(), ask -> context.output(SideOutputs.ASKS, ask));
  }
}
