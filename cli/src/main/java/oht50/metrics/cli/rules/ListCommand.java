package oht50.metrics.cli.rules;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.DatabaseOption;
import oht50.metrics.cli.ExitCodes;
import oht50.metrics.cli.ReadOnly;
import oht50.metrics.cli.output.RawJson;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import oht50.metrics.job.ruleload.KafkaRulesTopic;
import oht50.metrics.job.ruleload.ToldRules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "The rule sets that the job was told, the newest first: those of its topic, and those that the"
          + " table rule_sets remembers. Version 0 is what the configuration says.",
      "State: accepted, refused (the reason is in rejects list), or waits, if the job has not looked"
          + " at it yet. Valid: now, later, or over."
    })
final class ListCommand implements Callable<Integer> {
  private static final Comparator<ListedRules> TAKES_OVER =
      Comparator.<ListedRules>comparingLong(
              each -> each.effectiveFrom() == null ? Long.MIN_VALUE : each.effectiveFrom())
          .thenComparingLong(ListedRules::version);

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;
  @Mixin private DatabaseOption database;
  @Mixin private RulesTopicOption option;

  @Option(names = "--json", description = "An array of objects.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    SortedMap<Long, ListedRules> sets = new TreeMap<>(Comparator.reverseOrder());
    for (ToldRules told : option.with(data, KafkaRulesTopic::news)) {
      sets.put(told.version(), ListedRules.of(told));
    }
    ReadOnly.transaction(database.url(data), RuleSetTable::all)
        .forEach(set -> sets.put(set.version(), set));
    PrintWriter out = spec.commandLine().getOut();
    out.print((json ? RowFormat.JSON : RowFormat.TABLE).print(rows(List.copyOf(sets.values()))));
    out.flush();
    return ExitCodes.OK;
  }

  private Rows rows(List<ListedRules> sets) {
    long now = System.currentTimeMillis();
    ListedRules valid =
        sets.stream()
            .filter(each -> each.isAccepted() && each.isEffectiveAt(now))
            .max(TAKES_OVER)
            .orElse(null);
    List<List<Object>> rows = new ArrayList<>();
    for (ListedRules each : sets) {
      rows.add(
          Arrays.asList(
              each.version(),
              each.effectiveFrom() == null ? null : Instant.ofEpochMilli(each.effectiveFrom()),
              Instant.ofEpochMilli(each.arrivedAt()),
              json ? array(each) : String.join(", ", each.files().keySet()),
              each.rules(),
              each.state(),
              each.isAccepted() ? valid(each, valid, now) : null));
    }
    return new Rows(
        List.of("version", "effective_from", "arrived_at", "files", "rules", "state", "valid"),
        List.of(true, false, false, false, true, false, false),
        rows);
  }

  private static RawJson array(ListedRules set) {
    ArrayNode names = new ObjectMapper().createArrayNode();
    set.files().keySet().forEach(names::add);
    return new RawJson(names.toString());
  }

  private static String valid(ListedRules set, ListedRules valid, long now) {
    if (set.equals(valid)) {
      return "now";
    }
    return set.isEffectiveAt(now) ? "over" : "later";
  }
}
