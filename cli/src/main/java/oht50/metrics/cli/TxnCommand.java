package oht50.metrics.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import oht50.metrics.cli.output.RowFormat;
import oht50.metrics.cli.output.Rows;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code txn list} and {@code txn abort}. */
@Command(
    name = "txn",
    mixinStandardHelpOptions = true,
    description = {
      "Kafka transactions that are open.",
      "One that a stopped job has left behind holds up readers of oht50.alerts until its timeout,"
          + " unless the job is started again from the checkpoint that knows it."
    },
    subcommands = {TxnCommand.ListOpen.class, TxnCommand.Abort.class})
final class TxnCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say txn list or txn abort");
  }

  /** Of which broker, and whose. */
  static final class Target {
    @Mixin private DataOption data;
    @Mixin private KafkaOption kafka;

    @Option(
        names = "--prefix",
        paramLabel = "TEXT",
        defaultValue = Transactions.OF_THE_JOB,
        description =
            "Beginning of the transactional ids: kafka.group of job.yaml and -alerts; default:"
                + " ${DEFAULT-VALUE}.")
    private String prefix;

    private interface Work<T> {
      T with(Transactions transactions) throws InterruptedException, ExecutionException;
    }

    private <T> T run(Work<T> work) throws InterruptedException {
      String servers = kafka.bootstrapServers(data);
      try (Admin admin = Admin.create(KafkaOption.clientProperties(servers))) {
        return work.with(new Transactions(admin));
      } catch (ExecutionException e) {
        throw KafkaOption.doesNotAnswer(servers, e);
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Id, state, start, timeout and partitions of each.")
  static final class ListOpen implements Callable<Integer> {
    private static final List<String> COLUMNS =
        List.of("id", "state", "started_at", "timeout_s", "partitions");

    @Spec private CommandSpec spec;
    @Mixin private Target target;

    @Option(names = "--json", description = "For a program: one object a line.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
      List<Transactions.Open> open = target.run(each -> each.open(target.prefix));
      List<List<Object>> rows = new ArrayList<>();
      for (Transactions.Open each : open) {
        rows.add(
            Arrays.asList(
                each.id(),
                each.state(),
                each.startedAt(),
                each.timeout().toSeconds(),
                String.join(" ", each.partitions())));
      }
      Rows table = new Rows(COLUMNS, List.of(false, false, false, true, false), rows);
      PrintWriter out = spec.commandLine().getOut();
      out.print((json ? RowFormat.JSON : RowFormat.TABLE).print(table));
      return ExitCodes.OK;
    }
  }

  @Command(
      name = "abort",
      mixinStandardHelpOptions = true,
      description = {
        "Abort them, and lock their producers out. Prints the ids.",
        "Only for transactions of a job that will not go on from its checkpoint: of one that runs,"
            + " the next checkpoint fails."
      })
  static final class Abort implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Target target;

    @Override
    public Integer call() throws InterruptedException {
      for (String id : target.run(each -> each.abort(target.prefix))) {
        spec.commandLine().getOut().println(id + " aborted");
      }
      return ExitCodes.OK;
    }
  }
}
