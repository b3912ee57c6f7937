package oht50.metrics.planted;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Every bug that can be planted, and what has to catch it. The README lists the same. */
public enum PlantedBug {
  ARRIVAL_ORDER_FOLDED(
      "arrival-order-folded",
      "points of a minute are folded in the order they arrived in",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.SortedPoints", "sort", SeriesBugs.Skipped.class)),
  LOWEST_POSITION_WINS(
      "lowest-position-wins",
      "of two values for one series and time the one of the lowest position stays",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.SortedPoints", "isHigher", SeriesBugs.Negated.class)),
  MINUTES_NOT_SPLIT(
      "minutes-not-split",
      "a batch of several minutes is folded into the first of them",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.SeriesCore", "isOfOneMinute", SeriesBugs.Affirmed.class)),
  DIRTY_MINUTES_NOT_IN_SNAPSHOT(
      "dirty-minutes-not-in-snapshot",
      "minutes whose points wait to be folded are not in a snapshot",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.Agenda$BinaryForm",
          "read",
          SeriesBugs.DirtyMinutesForgotten.class)),
  MAP_NOT_IN_SNAPSHOT(
      "map-not-in-snapshot",
      "the counted seconds are not in a snapshot",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.count.CountedSecond$BinaryForm", "read", SeriesBugs.ReadAsNothing.class)),
  CLOCK_CLOSES_MINUTES(
      "clock-closes-minutes",
      "a timer of the machine's clock closes minutes that are still open",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.SeriesPass",
          "runForLateSamples",
          SeriesBugs.ClockClosesMinutes.class)),
  LATE_POINTS_LOST(
      "late-points-lost",
      "points beyond the horizon leave the operator nowhere",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.job.series.SeriesOperator$Emitter",
          "beyondHorizon",
          SeriesBugs.Skipped.class)),
  REPAIR_NOT_TAKEN_OVER(
      "repair-not-taken-over",
      "what a repair computed is published, and state goes on without it",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.RepairedState", "takeOver", SeriesBugs.Skipped.class)),
  REPAIRED_IN_PART(
      "repaired-in-part",
      "a repair publishes windows of which it does not know all points",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.RepairSpan", "isWhole", SeriesBugs.Affirmed.class)),
  REPAIR_STOPS_AT_THE_MINUTE(
      "repair-stops-at-the-minute",
      "the next minute in which a counter or a state speaks is not repaired",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.WindowRepair", "wantNextThatSpeaks", SeriesBugs.Skipped.class)),
  CHUNKS_LOST(
      "chunks-lost",
      "raw chunks leave the operator nowhere",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.job.series.SeriesOperator$Emitter", "chunk", SeriesBugs.Skipped.class)),
  WAITING_CHUNKS_NOT_IN_SNAPSHOT(
      "waiting-chunks-not-in-snapshot",
      "that points of open minutes wait for their chunk is not in a snapshot",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.Agenda$BinaryForm",
          "read",
          SeriesBugs.WaitingChunksForgotten.class)),
  LATEST_GOES_BACK(
      "latest-goes-back",
      "a late sample makes an older point the newest of its series",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.NewestPoints", "isNewest", SeriesBugs.Affirmed.class)),
  CORRECTION_IS_EARLY(
      "correction-is-early",
      "a correction of a final row is published as an early row",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.RowForm", "publish", SeriesBugs.CorrectionIsEarly.class)),
  LATE_MINUTE_STOPS(
      "late-minute-stops",
      "a late sample is folded into its minute and not into the windows above",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.SeriesPass", "publishMinutes", SeriesBugs.LateMinuteStops.class)),
  LEVEL_BESIDE_ITS_CHILDREN(
      "level-beside-its-children",
      "hours and days add up minutes beside the quarters they are made of",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.LongerWindows", "addChildren", SeriesBugs.MinutesAddedUp.class)),
  HORIZON_TOO_SHORT(
      "horizon-too-short",
      "points leave state after half of the horizon",
      CaughtBy.SIMULATION,
      Planting.inConstructorOf("oht50.metrics.series.Retention", SeriesBugs.HalfTheHorizon.class)),
  ZONE_IGNORED(
      "zone-ignored",
      "days are those of the configured zone, whatever the registry says",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.KeySettings", "calendar", SeriesBugs.ConfiguredDays.class)),
  CUT_DAY_LOST(
      "cut-day-lost",
      "a day that is cut anew is withdrawn and nothing takes its place",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.DayCut", "publish", SeriesBugs.CutDayLost.class)),
  ZONES_NOT_IN_SNAPSHOT(
      "zones-not-in-snapshot",
      "what the registry has said is not in a snapshot",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.KeySettings$BinaryForm", "read", SeriesBugs.ReadAsNothing.class)),
  CONFIGURED_ZONE_UNNOTICED(
      "configured-zone-unnoticed",
      "held days stay as they are when another zone is configured",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.Redefinition", "byConfiguration", SeriesBugs.Skipped.class)),
  CATALOG_NOT_TOLD_AGAIN(
      "catalog-not-told-again",
      "series that are in state hear nothing of a registration with another expected interval",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.series.CatalogRows", "tellAgain", SeriesBugs.Skipped.class)),
  TELEMETRY_NOT_IN_SNAPSHOT(
      "telemetry-not-in-snapshot",
      "which series come with telemetry is not in a snapshot",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.series.TelemetryCatalog$BinaryForm",
          "read",
          SeriesBugs.ReadAsNothing.class)),
  COUNTS_ADDED_UP(
      "counts-added-up",
      "a count that is published again adds to what it replaces",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.count.CountedSecond", "count", SeriesBugs.CountsAddedUp.class)),
  REPEATS_COUNTED(
      "repeats-counted",
      "facts are counted as they arrive, repeats too",
      CaughtBy.SIMULATION,
      Planting.in("oht50.metrics.count.CountedSecond", "with", SeriesBugs.RepeatsCounted.class)),
  KEYS_CONFUSED(
      "keys-confused",
      "values kept beside state are not told apart by key",
      CaughtBy.SIMULATION,
      Planting.inConstructorOf(
          "oht50.metrics.job.series.RecentValues", SeriesBugs.KeysConfused.class)),
  LATE_EVENT_DROPPED(
      "late-event-dropped",
      "an event that time has passed is not judged",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.rule.SequenceCore", "onEvent", SequenceBugs.LateEventDropped.class)),
  ISSUED_ALERTS_NOT_RESTORED(
      "issued-alerts-not-restored",
      "what was published of alerts is not known after a restore",
      CaughtBy.SIMULATION,
      Planting.in(
          "oht50.metrics.rule.LogSlice$BinaryForm", "read", SequenceBugs.IssuedForgotten.class)),
  JUDGED_UNTIL_NOT_RESTORED(
      "judged-until-not-restored",
      "how far the watermark had come is not known after a restore",
      CaughtBy.SIMULATION,
      Planting.inConstructorOf(
          "oht50.metrics.job.state.JudgedUntil", SequenceBugs.JudgedUntilForgotten.class)),
  RULE_TICKS_NOT_EVALUATED_AGAIN(
      "rule-ticks-not-evaluated-again",
      "a late sample has no tick of a rule evaluated again",
      CaughtBy.RULE_SIMULATION,
      Planting.in("oht50.metrics.ruleeval.LateTicks", "add", SeriesBugs.Skipped.class)),
  RULES_LOWEST_POSITION(
      "rules-lowest-position",
      "rules see the value of the lowest position",
      CaughtBy.RULE_SIMULATION,
      Planting.in("oht50.metrics.ruleeval.Point", "isAbove", SeriesBugs.Negated.class)),
  RULE_STATE_NOT_RESTORED(
      "rule-state-not-restored",
      "how the alerts of rules stood is not known after a restore",
      CaughtBy.RULE_SIMULATION,
      Planting.in(
          "oht50.metrics.ruleeval.RuleState$BinaryForm", "read", SeriesBugs.ReadAsNothing.class)),
  RECORDED_SERIES_DO_NOT_END(
      "recorded-series-do-not-end",
      "a recorded series that is gone gets no marker",
      CaughtBy.RULE_SIMULATION,
      Planting.in("oht50.metrics.ruleeval.PartPoints", "isThere", SeriesBugs.Skipped.class)),
  RULE_SETS_UNNOTICED(
      "rule-sets-unnoticed",
      "what was said of ticks for which other rules become known stays said",
      CaughtBy.RULE_SIMULATION,
      Planting.in("oht50.metrics.ruleeval.PartPass", "noteOtherRules", SeriesBugs.Skipped.class)),
  NOTHING_HANDED_ON(
      "nothing-handed-on",
      "parts hand nothing on to the part of everything",
      CaughtBy.RULE_SIMULATION,
      Planting.in(
          "oht50.metrics.job.rule.RuleOperator$Emitter", "handedOn", SeriesBugs.Skipped.class)),
  UNORDERED_WRITES(
      "unordered-writes",
      "a rollup is written over one of a higher (epoch, seq)",
      CaughtBy.CAMPAIGN,
      Planting.in(PlantedBug.SQL_CLASS, PlantedBug.SQL_METHOD, WriterBugs.UnorderedWrites.class)),
  REVISION_GUARD(
      "revision-guard",
      "what guards a stored rollup is its revision",
      CaughtBy.CAMPAIGN,
      Planting.in(PlantedBug.SQL_CLASS, PlantedBug.SQL_METHOD, WriterBugs.RevisionGuard.class)),
  FROM_THE_END(
      "from-the-end",
      "a partition without an offset is read from its end",
      CaughtBy.CAMPAIGN,
      Planting.in(
          "oht50.metrics.source.kafka.EarliestThenNone",
          "getPartitionOffsets",
          WriterBugs.FromTheEnd.class)),
  THROWING_DECODER(
      "throwing-decoder",
      "bad data is an exception instead of a reject",
      CaughtBy.CAMPAIGN,
      Planting.in("oht50.metrics.source.kafka.Draft", "reject", WriterBugs.Throws.class)),
  AT_LEAST_ONCE_ALERTS(
      "at-least-once-alerts",
      "alert records are published at least once",
      CaughtBy.CAMPAIGN,
      Planting.in(
          "org.apache.flink.connector.kafka.sink.KafkaSinkBuilder",
          "setDeliveryGuarantee",
          WriterBugs.AtLeastOnce.class)),
  NOTHING_COMMITTED(
      "nothing-committed",
      "transactions of the alerts topic are not committed",
      CaughtBy.CAMPAIGN,
      Planting.in(
          "org.apache.flink.connector.kafka.sink.internal.KafkaCommitter",
          "commit",
          WriterBugs.NothingCommitted.class)),
  FAILURES_KEPT(
      "failures-kept",
      "every try while the database is away leaves something behind",
      CaughtBy.CAMPAIGN,
      Planting.in("oht50.metrics.sink.postgres.SqlFailure", "of", WriterBugs.FailuresKept.class)),
  EARLY_OVER_FINAL(
      "early-over-final",
      "an early rollup is written over a final one",
      CaughtBy.WRITER_TESTS,
      Planting.in(PlantedBug.SQL_CLASS, PlantedBug.SQL_METHOD, WriterBugs.EarlyOverFinal.class)),
  ANY_INCARNATION(
      "any-incarnation",
      "a rollup of state that began anew is written over one of the state before",
      CaughtBy.WRITER_TESTS,
      Planting.in(PlantedBug.SQL_CLASS, PlantedBug.SQL_METHOD, WriterBugs.AnyIncarnation.class)),
  UNFLUSHED_BATCH(
      "unflushed-batch",
      "a batch of rows outlives the checkpoint that covers it",
      CaughtBy.WRITER_TESTS,
      Planting.in(
          "oht50.metrics.sink.postgres.UpsertWriter", "flush", WriterBugs.NotFlushed.class)),
  UNFOLDED_BATCH(
      "unfolded-batch",
      "a batch holds several rows of one key",
      CaughtBy.WRITER_TESTS,
      Planting.in(
          "oht50.metrics.sink.postgres.RollupsTable", "byKey", WriterBugs.NeverEqual.class));

  private static final String SQL_CLASS = "org.postgresql.jdbc.PgConnection";
  private static final String SQL_METHOD = "prepareStatement";

  private final String id;
  private final String description;
  private final CaughtBy caughtBy;
  private final Planting planting;

  PlantedBug(String id, String description, CaughtBy caughtBy, Planting planting) {
    this.id = id;
    this.description = description;
    this.caughtBy = caughtBy;
    this.planting = planting;
  }

  /**
   * @throws IllegalArgumentException if there is no such bug; the message lists all
   */
  public static PlantedBug of(String id) {
    return Arrays.stream(values())
        .filter(bug -> bug.id.equals(id))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no bug is called %s; there are %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(PlantedBug::id)
                                .collect(Collectors.joining(", ")))));
  }

  public String id() {
    return id;
  }

  /** What the product does while the bug is in it. */
  public String description() {
    return description;
  }

  public CaughtBy caughtBy() {
    return caughtBy;
  }

  Planting planting() {
    return planting;
  }
}
