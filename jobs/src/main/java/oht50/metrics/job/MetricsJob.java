package oht50.metrics.job;

import oht50.metrics.budget.KeyNotice;
import oht50.metrics.budget.OverflowSum;
import oht50.metrics.budget.SeriesAsk;
import oht50.metrics.budget.SeriesVerdict;
import oht50.metrics.fact.RobotFact;
import oht50.metrics.job.budget.BudgetFunction;
import oht50.metrics.job.budget.BudgetGate;
import oht50.metrics.job.budget.OverflowFunction;
import oht50.metrics.job.config.InvalidConfig;
import oht50.metrics.job.config.JobConfig;
import oht50.metrics.job.count.CountFunction;
import oht50.metrics.job.exposition.ExpositionOperator;
import oht50.metrics.job.exposition.TallyOperator;
import oht50.metrics.job.fact.FactFunction;
import oht50.metrics.job.fact.StateFunction;
import oht50.metrics.job.idle.NeverIdleCoOperator;
import oht50.metrics.job.idle.NeverIdleOperator;
import oht50.metrics.job.level.LevelFunction;
import oht50.metrics.job.mission.MissionFunction;
import oht50.metrics.job.registry.RobotInfoFunction;
import oht50.metrics.job.rule.RuleOperator;
import oht50.metrics.job.rule.RuleRouter;
import oht50.metrics.job.rule.RuleSetCheck;
import oht50.metrics.job.rule.RuleTypes;
import oht50.metrics.job.sequence.SequenceFunction;
import oht50.metrics.job.series.SeriesOperator;
import oht50.metrics.job.stamp.StampFunction;
import oht50.metrics.mission.MissionFact;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Registration;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.Rollup;
import oht50.metrics.model.RuleSet;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesInput;
import oht50.metrics.model.Stampable;
import oht50.metrics.ruleeval.PartInput;
import oht50.metrics.typeinfo.TypeInfos;
import oht50.metrics.vda.StateReport;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/**
 * What a fleet says in; rollups, raw chunks and alert transitions out. Event time only. Picture:
 * docs/topology.md.
 */
public final class MetricsJob {
  /**
   * The number of key groups where {@code pipeline.max-parallelism} names none: the highest
   * parallelism any savepoint can be resumed at. Part of every savepoint, so it never changes.
   */
  static final int MAX_PARALLELISM = 4096;

  private MetricsJob() {}

  /**
   * @param args see {@link JobConfig#load}
   */
  public static void main(String[] args) throws Exception {
    JobConfig config;
    try {
      config = checked(args);
    } catch (StartRefused e) {
      e.endCommandLine();
      throw e;
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    define(env, Inputs.from(config), Outputs.to(config), config);
    Housekeeping.define(env, config);
    env.execute("oht50-metrics");
  }

  private static JobConfig checked(String[] args) {
    try {
      JobConfig config = JobConfig.load(System::getenv, args);
      Preconditions.check(config);
      return config;
    } catch (InvalidConfig e) {
      throw new StartRefused(StartRefused.CONFIGURATION, e.getMessage());
    }
  }

  static void define(StreamExecutionEnvironment env, Inputs in, Outputs out, JobConfig config) {
    if (env.getMaxParallelism() <= 0) {
      env.setMaxParallelism(MAX_PARALLELISM);
    }

    // ingest: the sources decoded each record and its watermark is per split
    Ingested ingested = in.open(env);

    // time: how far it has come by all inputs, for those who hear of few of them; behind them
    // nothing falls idle
    SingleOutputStreamOperator<Registration> time =
        ingested
            .time()
            .flatMap(
                (Registration never, Collector<Registration> none) -> {}, TypeInfos.REGISTRATION)
            .uid(Uids.TIME)
            .name("time")
            .setBufferTimeout(Inputs.FLUSH_FACTS.toMillis());

    // states: what follows from two of them, as facts like those of other topics
    SingleOutputStreamOperator<RobotFact> followed =
        ingested
            .states()
            .union(time.getSideOutput(SideOutputs.STATE_REPORTS))
            .keyBy(StateReport::robot, Types.STRING)
            .transform(
                "states",
                TypeInfos.ROBOT_FACT,
                new NeverIdleOperator<>(
                    new StateFunction(config.series().horizon(), config.factTopics().states())))
            .uid(Uids.STATES)
            .setBufferTimeout(Inputs.FLUSH_FACTS.toMillis());
    DataStream<Event> events = ingested.events().union(followed.getSideOutput(SideOutputs.EVENTS));

    // facts: of what is told of a robot from several sides, what the registry lets count
    SingleOutputStreamOperator<Event> facts =
        ingested
            .robotFacts()
            .union(followed, time.getSideOutput(SideOutputs.ROBOT_FACTS))
            .connect(ingested.registrations())
            .keyBy(RobotFact::robot, Registration::robotId, Types.STRING)
            .transform(
                "facts",
                TypeInfos.EVENT,
                new NeverIdleCoOperator<>(
                    new FactFunction(
                        config.factTopics(), config.series().horizon(), config.metrics())))
            .uid(Uids.FACTS)
            .setBufferTimeout(Inputs.FLUSH_FACTS.toMillis());

    // missions: what each is by all that was said of it, in whatever order
    SingleOutputStreamOperator<SampleBatch> missions =
        ingested
            .missionFacts()
            .union(facts.getSideOutput(SideOutputs.MISSION_FACTS))
            .keyBy(MissionFact::mission, Types.STRING)
            .process(new MissionFunction(config.missions().queueTimeout()))
            .returns(TypeInfos.SAMPLE_BATCH)
            .uid(Uids.MISSIONS)
            .name("missions");
    SingleOutputStreamOperator<SampleBatch> levels =
        missions
            .getSideOutput(SideOutputs.LEVEL_CHANGES)
            .keyBy(change -> change.series().id(), Types.LONG)
            .process(
                new LevelFunction(config.series().horizon(), config.missions().successWindow()))
            .returns(TypeInfos.SAMPLE_BATCH)
            .uid(Uids.LEVELS)
            .name("levels");

    // robots: one of which the registry knows is there for rules, also if it never speaks
    SingleOutputStreamOperator<SampleBatch> robots =
        time.connect(ingested.registrations())
            .keyBy(Registration::robotId, Registration::robotId, Types.STRING)
            .transform(
                "robots",
                TypeInfos.SAMPLE_BATCH,
                new NeverIdleCoOperator<>(new RobotInfoFunction(config.series().horizon())))
            .uid(Uids.ROBOTS);

    // counts: distinct facts per series and second, as samples of delta series
    SingleOutputStreamOperator<SampleBatch> counts =
        ingested
            .occurrences()
            .union(
                facts.getSideOutput(SideOutputs.OCCURRENCES),
                missions.getSideOutput(SideOutputs.OCCURRENCES))
            .keyBy(Occurrence::key, Types.LONG)
            .process(new CountFunction(config.series().horizon(), config.series().idle()))
            .returns(TypeInfos.SAMPLE_BATCH)
            .uid(Uids.COUNTS)
            .name("counts");

    // budget: a new series asks for a place; the samples of those that get none are only summed up
    SingleOutputStreamOperator<SeriesVerdict> verdicts =
        ingested
            .asks()
            .union(
                facts.getSideOutput(SideOutputs.ASKS),
                missions.getSideOutput(SideOutputs.ASKS),
                levels.getSideOutput(SideOutputs.ASKS),
                robots.getSideOutput(SideOutputs.ASKS))
            .keyBy(SeriesAsk::metric, Types.STRING)
            .process(new BudgetFunction(config.budgetPerMetric(), config.series()))
            .returns(TypeInfos.SERIES_VERDICT)
            .uid(Uids.BUDGETS)
            .name("budgets");
    DataStream<KeyNotice> notices =
        verdicts
            .map(KeyNotice::of, TypeInfos.KEY_NOTICE)
            .uid(Uids.BUDGETS + "-notices")
            .name("verdicts")
            .union(
                ingested
                    .registrations()
                    .map(said -> KeyNotice.of(said.bare()), TypeInfos.KEY_NOTICE)
                    .uid(Uids.REGISTRATIONS)
                    .name("registrations"),
                ingested
                    .backfills()
                    // as a reference it would come back as that of registrations (JDK-8208752)
                    .map(backfill -> KeyNotice.of(backfill), TypeInfos.KEY_NOTICE)
                    .uid(Uids.BACKFILLS)
                    .name("backfills"));
    SingleOutputStreamOperator<SeriesInput> admitted =
        ingested
            .batches()
            .union(facts.getSideOutput(SideOutputs.SAMPLES), missions, levels, robots, counts)
            .connect(notices)
            .keyBy(SampleBatch::key, KeyNotice::key, Types.LONG)
            .transform("budget gate", TypeInfos.SERIES_INPUT, new BudgetGate(config.series()))
            .uid(Uids.BUDGET_GATE);
    SingleOutputStreamOperator<Rollup> overflow =
        admitted
            .getSideOutput(SideOutputs.OVERFLOW)
            .keyBy(OverflowSum::metric, Types.STRING)
            .process(new OverflowFunction(config.series()))
            .returns(TypeInfos.ROLLUP)
            .uid(Uids.OVERFLOW)
            .name("overflow")
            .setParallelism(1);

    // series: points of the horizon in state; a late point republishes every window above it, a
    // registration with another zone every day, a backfill what had left
    SingleOutputStreamOperator<Rollup> rollups =
        DataStreamUtils.reinterpretAsKeyedStream(admitted, SeriesInput::key, Types.LONG)
            .transform("series", TypeInfos.ROLLUP, new SeriesOperator(config.series()))
            .uid(Uids.SERIES);

    // sequences: facts that ask for an answer, and the alerts of those that got none in time
    SingleOutputStreamOperator<AlertTransition> transitions =
        DataStreamUtils.reinterpretAsKeyedStream(facts, Event::entity, Types.STRING)
            .process(new SequenceFunction(config.sequences(), config.series().horizon()))
            .returns(TypeInfos.ALERT_TRANSITION)
            .uid(Uids.SEQUENCES)
            .name("sequences");
    SingleOutputStreamOperator<AlertTransition> ofSequences =
        stamp(transitions, Uids.TRANSITIONS, TypeInfos.ALERT_TRANSITION, out);

    // rules: samples in the parts in which rules look at them; what cannot be divided is judged in
    // one place, of what the parts say
    RuleSet configured = config.rules().submitted();
    SingleOutputStreamOperator<RuleSet> ruleSets =
        ingested
            .ruleSets()
            .process(new RuleSetCheck(config.rules().isJudged(), config.rules().settings()))
            .returns(RuleTypes.RULE_SET)
            .uid(Uids.RULE_SETS)
            .name("rule sets")
            .setParallelism(1);
    SingleOutputStreamOperator<PartInput> parts =
        admitted
            .connect(ruleSets.broadcast())
            .transform(
                "rule router",
                RuleTypes.PART_INPUT,
                new RuleRouter(
                    configured, config.rules().settings(), config.kafka().topics().recorded()))
            .uid(Uids.RULE_ROUTER);
    SingleOutputStreamOperator<AlertTransition> ruleTransitions =
        parts
            .keyBy(PartInput::part, Types.STRING)
            .connect(ruleSets.broadcast())
            .transform(
                "rules",
                TypeInfos.ALERT_TRANSITION,
                new RuleOperator(configured, config.rules().settings(), false))
            .uid(Uids.RULES);
    SingleOutputStreamOperator<AlertTransition> wholeTransitions =
        parts
            .getSideOutput(RuleTypes.FOR_WHOLE)
            .union(ruleTransitions.getSideOutput(RuleTypes.FOR_WHOLE))
            .keyBy(PartInput::part, Types.STRING)
            .connect(ruleSets.broadcast())
            .transform(
                "rules of the whole",
                TypeInfos.ALERT_TRANSITION,
                new RuleOperator(configured, config.rules().settings(), true))
            .uid(Uids.RULES_OF_WHOLE);
    DataStream<AlertTransition> ofRules =
        stamp(ruleTransitions, Uids.RULE_TRANSITIONS, TypeInfos.ALERT_TRANSITION, out)
            .union(
                stamp(wholeTransitions, Uids.WHOLE_TRANSITIONS, TypeInfos.ALERT_TRANSITION, out));
    DataStream<AlertTransition> stampedTransitions = ofSequences.union(ofRules);

    ruleTransitions
        .getSideOutput(SideOutputs.RECORDED)
        .union(wholeTransitions.getSideOutput(SideOutputs.RECORDED))
        .sinkTo(out.recorded())
        .uid(Uids.topic(Uids.RECORDED))
        .name("topic recorded");

    // fast lane: the critical ones at once, provisional until their checkpoint has completed; those
    // of sequences without a step over the network
    ofRules
        .filter(AlertTransition::isCritical)
        .uid(Uids.FAST_RULE_ALERTS)
        .name("critical transitions of rules")
        .sinkTo(out.fastAlertsTopic())
        .uid(Uids.topic(Uids.FAST_RULE_ALERTS))
        .name("topic alerts.fast of rules");
    ofSequences
        .filter(AlertTransition::isCritical)
        .uid(Uids.FAST_ALERTS)
        .name("critical transitions")
        .sinkTo(out.fastAlertsTopic())
        .uid(Uids.topic(Uids.FAST_ALERTS))
        .name("topic alerts.fast");

    // exposition: the specification's metrics, summed up over robots, for the reporter to serve
    ingested
        .exposed()
        .union(
            facts.getSideOutput(SideOutputs.EXPOSED),
            missions.getSideOutput(SideOutputs.EXPOSED),
            levels.getSideOutput(SideOutputs.EXPOSED),
            counts.getSideOutput(SideOutputs.INCREMENTS))
        .transform("tallies", TypeInfos.TALLY, new TallyOperator())
        .uid(Uids.TALLIES)
        .transform("exposition", Types.VOID, new ExpositionOperator())
        .uid(Uids.EXPOSITION)
        .setParallelism(1);

    // out: stamped with (epoch, seq), so that of two writes of one key the newer wins
    stamp(rollups, Uids.ROLLUPS, TypeInfos.ROLLUP, out)
        .sinkTo(out.rollups())
        .uid(Uids.table(Uids.ROLLUPS))
        .name("table rollups");
    stamp(rollups.getSideOutput(SideOutputs.CHUNKS), Uids.CHUNKS, TypeInfos.POINT_CHUNK, out)
        .sinkTo(out.chunks())
        .uid(Uids.table(Uids.CHUNKS))
        .name("table chunks");
    stamp(
            rollups.getSideOutput(SideOutputs.LATE_POINTS),
            Uids.LATE_POINTS,
            TypeInfos.LATE_POINT,
            out)
        .sinkTo(out.latePoints())
        .uid(Uids.table(Uids.LATE_POINTS))
        .name("table late_points");
    stamp(
            rollups.getSideOutput(SideOutputs.LATEST_POINTS),
            Uids.LATEST_POINTS,
            TypeInfos.LATEST_POINT,
            out)
        .sinkTo(out.latestPoints())
        .uid(Uids.table(Uids.LATEST_POINTS))
        .name("table latest_points");
    stamp(overflow, Uids.OVERFLOW, TypeInfos.ROLLUP, out)
        .setParallelism(1)
        .sinkTo(out.rollups())
        .uid(Uids.table(Uids.OVERFLOW))
        .name("table rollups of overflow")
        .setParallelism(1);
    stamp(
            rollups
                .getSideOutput(SideOutputs.SERIES)
                .union(overflow.getSideOutput(SideOutputs.SERIES)),
            Uids.CATALOG,
            TypeInfos.SERIES_ENTRY,
            out)
        .sinkTo(out.series())
        .uid(Uids.table(Uids.CATALOG))
        .name("table series");
    rollups
        .getSideOutput(SideOutputs.REPAIR_WINDOWS)
        .sinkTo(out.repairWindows())
        .uid(Uids.table(Uids.REPAIR_WINDOWS))
        .name("table repair_windows");
    stamp(
            missions.getSideOutput(SideOutputs.MISSIONS),
            Uids.MISSIONS,
            TypeInfos.MISSION_ATTEMPT,
            out)
        .sinkTo(out.missions())
        .uid(Uids.table(Uids.MISSIONS))
        .name("table mission_attempts");
    // A robot's records are of one partition, so they stay in order.
    ingested
        .registrations()
        .sinkTo(out.registrations())
        .uid(Uids.table(Uids.REGISTRATIONS))
        .name("table registrations");
    ruleSets
        .getSideOutput(SideOutputs.RULE_SET_ENTRIES)
        .union(parts.getSideOutput(SideOutputs.RULE_SET_ENTRIES))
        .sinkTo(out.ruleSets())
        .uid(Uids.table(Uids.RULE_SETS))
        .name("table rule_sets")
        .setParallelism(1);
    // In tasks of their own, because their commits would hold up the fast lane.
    stampedTransitions
        .sinkTo(out.transitions())
        .uid(Uids.table(Uids.TRANSITIONS))
        .name("table alert_transitions")
        .disableChaining();
    stampedTransitions
        .sinkTo(out.alertsTopic())
        .uid(Uids.topic(Uids.TRANSITIONS))
        .name("topic alerts")
        .disableChaining();
    events.sinkTo(out.events()).uid(Uids.table(Uids.EVENTS)).name("table events");
    DataStream<Rejected> rejected =
        ingested
            .rejected()
            .union(
                levels.getSideOutput(SideOutputs.REJECTED),
                counts.getSideOutput(SideOutputs.REJECTED),
                ruleSets.getSideOutput(SideOutputs.REJECTED),
                rollups.getSideOutput(SideOutputs.REJECTED));
    rejected.sinkTo(out.rejected()).uid(Uids.table(Uids.REJECTED)).name("table rejected");
    rejected.sinkTo(out.rejectedTopic()).uid(Uids.topic(Uids.REJECTED)).name("topic rejected");
  }

  private static <T extends Stampable<T>> SingleOutputStreamOperator<T> stamp(
      DataStream<T> stream, String name, TypeInformation<T> type, Outputs out) {
    return stream
        .process(new StampFunction<T>(out.epochs()))
        .returns(type)
        .uid(Uids.stamp(name))
        .name("stamp " + name);
  }
}
