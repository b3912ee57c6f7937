package oht50.metrics.typeinfo;

import oht50.metrics.budget.KeyNotice;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.budget.SeriesVerdict;
import oht50.metrics.exposition.Tally;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.level.LevelChange;
import oht50.metrics.mission.MissionAttempt;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.AlertTransition;
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
import oht50.metrics.model.Rollup;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesEntry;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.vda.StateReport;
import oht50.metrics.wire.BackfillCodec;
import oht50.metrics.wire.Codecs;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Type information of what flows between operators. */
public final class TypeInfos {
  public static final TypeInformation<SampleBatch> SAMPLE_BATCH =
      new CodecTypeInfo<>(SampleBatch.class, new Codecs.SampleBatchCodec());
  public static final TypeInformation<Occurrence> OCCURRENCE =
      new CodecTypeInfo<>(Occurrence.class, new Codecs.OccurrenceCodec());
  public static final TypeInformation<Event> EVENT =
      new CodecTypeInfo<>(Event.class, new Codecs.EventCodec());
  public static final TypeInformation<RobotFact> ROBOT_FACT =
      new CodecTypeInfo<>(RobotFact.class, new RobotFact.BinaryForm());
  public static final TypeInformation<StateReport> STATE_REPORT =
      new CodecTypeInfo<>(StateReport.class, new StateReport.BinaryForm());
  public static final TypeInformation<MissionFact> MISSION_FACT =
      new CodecTypeInfo<>(MissionFact.class, new MissionFact.BinaryForm());
  public static final TypeInformation<MissionAttempt> MISSION_ATTEMPT =
      new CodecTypeInfo<>(MissionAttempt.class, new MissionAttempt.BinaryForm());
  public static final TypeInformation<LevelChange> LEVEL_CHANGE =
      new CodecTypeInfo<>(LevelChange.class, new LevelChange.BinaryForm());
  public static final TypeInformation<Registration> REGISTRATION =
      new CodecTypeInfo<>(Registration.class, new Codecs.RegistrationCodec());
  public static final TypeInformation<Backfill> BACKFILL =
      new CodecTypeInfo<>(Backfill.class, new BackfillCodec());
  public static final TypeInformation<Rejected> REJECTED =
      new CodecTypeInfo<>(Rejected.class, new Codecs.RejectedCodec());
  public static final TypeInformation<Rollup> ROLLUP =
      new CodecTypeInfo<>(Rollup.class, new Codecs.RollupCodec());
  public static final TypeInformation<PointChunk> POINT_CHUNK =
      new CodecTypeInfo<>(PointChunk.class, new Codecs.PointChunkCodec());
  public static final TypeInformation<LatePoint> LATE_POINT =
      new CodecTypeInfo<>(LatePoint.class, new Codecs.LatePointCodec());
  public static final TypeInformation<LatestPoint> LATEST_POINT =
      new CodecTypeInfo<>(LatestPoint.class, new Codecs.LatestPointCodec());
  public static final TypeInformation<RepairWindow> REPAIR_WINDOW =
      new CodecTypeInfo<>(RepairWindow.class, new Codecs.RepairWindowCodec());
  public static final TypeInformation<SeriesEntry> SERIES_ENTRY =
      new CodecTypeInfo<>(SeriesEntry.class, new Codecs.SeriesEntryCodec());
  public static final TypeInformation<AlertTransition> ALERT_TRANSITION =
      new CodecTypeInfo<>(AlertTransition.class, new Codecs.AlertTransitionCodec());
  public static final TypeInformation<RecordedSample> RECORDED_SAMPLE =
      new CodecTypeInfo<>(RecordedSample.class, new RecordedSample.BinaryForm());
  public static final TypeInformation<Tally> TALLY =
      new CodecTypeInfo<>(Tally.class, new Tally.BinaryForm());
  public static final TypeInformation<SeriesAsk> SERIES_ASK =
      new CodecTypeInfo<>(SeriesAsk.class, new SeriesAsk.BinaryForm());
  public static final TypeInformation<SeriesInput> SERIES_INPUT =
      new CodecTypeInfo<>(SeriesInput.class, new Codecs.SeriesInputCodec());
  public static final TypeInformation<KeyNotice> KEY_NOTICE =
      new CodecTypeInfo<>(KeyNotice.class, new KeyNotice.BinaryForm());
  public static final TypeInformation<SeriesVerdict> SERIES_VERDICT =
      new CodecTypeInfo<>(SeriesVerdict.class, new SeriesVerdict.BinaryForm());
  public static final TypeInformation<OverflowSum> OVERFLOW_SUM =
      new CodecTypeInfo<>(OverflowSum.class, new OverflowSum.BinaryForm());

  private TypeInfos() {}
}
