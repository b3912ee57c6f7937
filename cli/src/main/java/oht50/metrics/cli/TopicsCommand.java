package oht50.metrics.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code topics create}. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = "Create the job's topics.",
    subcommands = TopicsCommand.Create.class)
final class TopicsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do with the topics: topics create");
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description =
          "Create those that are missing, 4 partitions each (of rules 1), stamped with the append"
              + " time. Prints one line per topic.")
  static final class Create implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private DataOption data;
    @Mixin private KafkaOption kafka;

    @Parameters(
        paramLabel = "TOPIC",
        arity = "0..*",
        description = "Other topics, created the same way; without, those of the job.")
    private List<String> names = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
      String servers = kafka.bootstrapServers(data);
      List<String> wanted = names.isEmpty() ? Topics.ALL : names;
      try (Admin admin = Admin.create(KafkaOption.clientProperties(servers))) {
        List<String> created = Topics.createMissing(admin, wanted);
        for (String topic : wanted) {
          spec.commandLine()
              .getOut()
              .println(topic + (created.contains(topic) ? " created" : " exists"));
        }
      } catch (ExecutionException e) {
        throw KafkaOption.doesNotAnswer(servers, e);
      }
      return ExitCodes.OK;
    }
  }
}
