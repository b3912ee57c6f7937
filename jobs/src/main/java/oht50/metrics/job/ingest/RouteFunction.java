package oht50.metrics.job.ingest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import oht50.metrics.exposition.PageSelection;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.SideOutputs;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.EventKind;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.MetricSelection;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.RejectReason;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SampleFilter;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.relabel.SeriesRelabeling;
import oht50.metrics.source.relabel.SourceRules;
import oht50.metrics.vda.StateReport;
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
  public static final String OF_MISSIONS = "oht50_missions_total";

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
    // What a safety event adds to metrics goes with it: the registry may say that it does not
    // count.
    Event fact = safetyFact(decoded);
    if (fact == null) {
      batches(decoded, batch -> send(batch, context, out));
      occurrences(decoded, occurrence -> send(occurrence, context));
    }
    for (Event event : decoded.events()) {
      context.output(SideOutputs.EVENTS, event);
      if (event.entity() != null) {
        context.output(
            SideOutputs.ROBOT_FACTS,
            event.equals(fact)
                ? safetyFact(fact, decoded)
                : RobotFact.of(domain(event), event, List.of(), List.of()));
      }
    }
    for (MissionFact missionFact : decoded.missionFacts()) {
      if (takesMissions) {
        send(missionFact, context);
      }
    }
    for (StateReport state : decoded.states()) {
      context.output(SideOutputs.STATE_REPORTS, state);
    }
    for (Registration registration : decoded.registrations()) {
      context.output(SideOutputs.REGISTRATIONS, registration);
    }
    for (Backfill backfill : decoded.backfills()) {
      context.output(SideOutputs.BACKFILLS, backfill);
    }
    for (RuleSet ruleSet : decoded.ruleSets()) {
      context.output(SideOutputs.RULE_SETS, ruleSet);
    }
    for (Rejected rejected : decoded.rejected()) {
      rejects.get(rejected.reason()).inc();
      context.output(SideOutputs.REJECTED, rejected);
    }
    if (decoded.appendTime() > 0) {
      lagSeconds = (context.timerService().currentProcessingTime() - decoded.appendTime()) / 1000.0;
    }
  }

  private void batches(Decoded decoded, Consumer<SampleBatch> out) {
    for (SampleBatch batch : decoded.batches()) {
      if (relabeling == null) {
        out.accept(batch);
      } else {
        relabeling.relabel(batch, out::accept);
      }
    }
  }

  private void occurrences(Decoded decoded, Consumer<Occurrence> out) {
    for (Occurrence occurrence : decoded.occurrences()) {
      if (relabeling == null) {
        out.accept(occurrence);
      } else {
        relabeling.relabel(occurrence, out::accept);
      }
    }
  }

  /** The safety event of a record that is counted, or null: an answer to one is not. */
  private static Event safetyFact(Decoded decoded) {
    for (Event event : decoded.events()) {
      for (Occurrence occurrence : decoded.occurrences()) {
        if (occurrence.naturalKey() == Hash64.id(event.id())) {
          return event;
        }
      }
    }
    return null;
  }

  private RobotFact safetyFact(Event event, Decoded decoded) {
    List<Occurrence> counted = new ArrayList<>(1);
    occurrences(
        decoded,
        occurrence -> {
          if (isTaken(occurrence)) {
            counted.add(occurrence);
          }
        });
    List<SampleBatch> samples = new ArrayList<>(1);
    batches(
        decoded,
        batch -> {
          SampleBatch part = taken == null ? batch : takenOf(batch);
          if (part != null) {
            samples.add(part);
          }
        });
    return RobotFact.of(RobotFact.Domain.SAFETY, event, counted, samples);
  }

  /** Who answers a robot has answered it, by whatever topic. */
  private static RobotFact.Domain domain(Event event) {
    return event.kind() == EventKind.MISSION ? RobotFact.Domain.MISSION : RobotFact.Domain.OTHER;
  }

  private static void send(MissionFact fact, Context context) {
    if (fact.robot() == null) {
      context.output(SideOutputs.MISSION_FACTS, fact);
    } else {
      context.output(SideOutputs.ROBOT_FACTS, RobotFact.of(fact));
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
    if (isTaken(occurrence)) {
      ask(occurrence.series(), context);
      context.output(SideOutputs.OCCURRENCES, occurrence);
    }
  }

  private boolean isTaken(Occurrence occurrence) {
    boolean isTaken = metrics.takes(occurrence.series().series(0).name());
    if (!isTaken) {
      leftOut.inc();
    }
    return isTaken;
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
