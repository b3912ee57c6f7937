package oht50.metrics.job;

import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.rule.RuleTypes;
import oht50.metrics.level.LevelChange;
import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.Backfill;
import oht50.metrics.model.Event;
import oht50.metrics.model.LatePoint;
import oht50.metrics.model.LatestPoint;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.PointChunk;
import oht50.metrics.model.RecordedSample;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.RepairWindow;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.RuleSetEntry;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.typeinfo.TypeInfos;
import oht50.metrics.vda.StateReport;
import org.apache.flink.util.OutputTag;

/** What leaves an operator beside its main output. */
public final class SideOutputs {
  /** Inputs that are in no result; from every operator that refuses something. */
  public static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInfos.REJECTED);

  /** Domain facts, from ingest and from states. */
  public static final OutputTag<Event> EVENTS = new OutputTag<>("events", TypeInfos.EVENT);

  /** What is told of robots, from ingest and from states. */
  public static final OutputTag<RobotFact> ROBOT_FACTS =
      new OutputTag<>("robot-facts", TypeInfos.ROBOT_FACT);

  /** States of VDA 5050, from ingest. */
  public static final OutputTag<StateReport> STATE_REPORTS =
      new OutputTag<>("state-reports", TypeInfos.STATE_REPORT);

  /** Samples of facts that count, from the choice of facts. */
  public static final OutputTag<SampleBatch> SAMPLES =
      new OutputTag<>("samples", TypeInfos.SAMPLE_BATCH);

  /** Nothing: what counts are the watermarks that come with it. From ingest. */
  public static final OutputTag<Registration> TIME =
      new OutputTag<>("time", TypeInfos.REGISTRATION);

  /** What is to be counted, from ingest, from the choice of facts and from missions. */
  public static final OutputTag<Occurrence> OCCURRENCES =
      new OutputTag<>("occurrences", TypeInfos.OCCURRENCE);

  /** What events say of the life of missions, from ingest and from the choice of facts. */
  public static final OutputTag<MissionFact> MISSION_FACTS =
      new OutputTag<>("mission-facts", TypeInfos.MISSION_FACT);

  /** Missions as they are now, from missions. */
  public static final OutputTag<MissionAttempt> MISSIONS =
      new OutputTag<>("missions", TypeInfos.MISSION_ATTEMPT);

  /** How missions change the queue and the share of successful ones, from missions. */
  public static final OutputTag<LevelChange> LEVEL_CHANGES =
      new OutputTag<>("level-changes", TypeInfos.LEVEL_CHANGE);

  /** Series that ask for a place in the budget of their metric, before they speak. */
  public static final OutputTag<SeriesAsk> ASKS = new OutputTag<>("asks", TypeInfos.SERIES_ASK);

  /** Samples beyond the budget, from the budget's gate. */
  public static final OutputTag<OverflowSum> OVERFLOW =
      new OutputTag<>("overflow", TypeInfos.OVERFLOW_SUM);

  /** Samples on the exposition page, from ingest, the choice of facts, missions and levels. */
  public static final OutputTag<SampleBatch> EXPOSED =
      new OutputTag<>("exposed", TypeInfos.SAMPLE_BATCH);

  /** By how much counts changed, from the counts. */
  public static final OutputTag<SampleBatch> INCREMENTS =
      new OutputTag<>("increments", TypeInfos.SAMPLE_BATCH);

  /** Raw points by span, from the series operator. */
  public static final OutputTag<PointChunk> CHUNKS =
      new OutputTag<>("chunks", TypeInfos.POINT_CHUNK);

  /** Points beyond the horizon, from the series operator. */
  public static final OutputTag<LatePoint> LATE_POINTS =
      new OutputTag<>("late-points", TypeInfos.LATE_POINT);

  /** The newest points of series, from the series operator. */
  public static final OutputTag<LatestPoint> LATEST_POINTS =
      new OutputTag<>("latest-points", TypeInfos.LATEST_POINT);

  /** What the registry says of robots, from ingest. */
  public static final OutputTag<Registration> REGISTRATIONS =
      new OutputTag<>("registrations", TypeInfos.REGISTRATION);

  /** What is stored of series around windows that are to be repaired, from ingest. */
  public static final OutputTag<Backfill> BACKFILLS =
      new OutputTag<>("backfills", TypeInfos.BACKFILL);

  /** Days cut by a former zone, and windows that wait for their frontier, from series. */
  public static final OutputTag<RepairWindow> REPAIR_WINDOWS =
      new OutputTag<>("repair-windows", TypeInfos.REPAIR_WINDOW);

  /** What rules record. */
  public static final OutputTag<RecordedSample> RECORDED =
      new OutputTag<>("recorded", TypeInfos.RECORDED_SAMPLE);

  /** Rule sets as they are told, from ingest. */
  public static final OutputTag<RuleSet> RULE_SETS =
      new OutputTag<>("rule-sets", RuleTypes.RULE_SET);

  /** Rule sets with what was found of them, and those of the configuration. */
  public static final OutputTag<RuleSetEntry> RULE_SET_ENTRIES =
      new OutputTag<>("rule-set-entries", RuleTypes.RULE_SET_ENTRY);

  /** New incarnations of series, from the series operator, and what has overflowed. */
  public static final OutputTag<SeriesEntry> SERIES =
      new OutputTag<>("series", TypeInfos.SERIES_ENTRY);

  private SideOutputs() {}
}
