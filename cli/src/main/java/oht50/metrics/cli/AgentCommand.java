package oht50.metrics.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import oht50.metrics.cli.agent.Agent;
import oht50.metrics.cli.agent.Rounds;
import oht50.metrics.cli.local.StopSignals;
import oht50.metrics.source.host.HostSeries;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code agent}: this machine's metrics to Kafka, for machines on which no job runs. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description = {
      "Send this machine's processors, memory, disks, network and load to the topic oht50.host until"
          + " it is stopped.",
      "While Kafka is away the readings of some hours are kept. Needs a JDK 17 and, elsewhere than"
          + " here, cli/target/oht50-agent.jar: java -jar oht50-agent.jar --bootstrap-servers …"
    })
final class AgentCommand implements Callable<Integer> {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The Kafka; default: that of --config, else of the running instance.")
  private String bootstrapServers;

  @Option(
      names = "--instance",
      paramLabel = "NAME",
      description = "Value of the label instance, and the records' key; default: the host's name.")
  private String instance;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description = "Between two readings, 1s or more; default: ${DEFAULT-VALUE}.")
  private String interval;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties of the Kafka client, such as security.protocol.")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    Duration pause = interval();
    String name = instance == null || instance.isBlank() ? hostName() : instance;
    Properties properties = properties();
    PrintWriter err = spec.commandLine().getErr();
    try (Producer<String, String> producer = connect(properties)) {
      HostSeries machine = HostSeries.ofThisMachine(name);
      Agent agent =
          new Agent(
              Topics.HOST, name, machine::read, producer, System::currentTimeMillis, err::println);
      Rounds rounds = new Rounds(pause);
      StopSignals.onStop(rounds::stop);
      err.println("sending " + name + " to " + Topics.HOST + " each " + pause.toMillis() + " ms");
      while (rounds.await()) {
        agent.round();
      }
      int unsent = agent.finish();
      if (unsent > 0) {
        throw CommandFailure.problems(unsent + " readings did not reach Kafka");
      }
    }
    return ExitCodes.OK;
  }

  private Duration interval() {
    Duration pause;
    try {
      pause = DurationText.parse(interval);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--interval: " + e.getMessage());
    }
    if (pause.compareTo(SHORTEST) < 0) {
      throw CommandFailure.usage("--interval " + interval + " is too short; 1s is the shortest");
    }
    return pause;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      throw CommandFailure.configuration(
          "this machine does not know its own name; give it one: --instance NAME");
    }
  }

  private Properties properties() {
    Properties file = new Properties();
    if (config != null) {
      try (Reader reader = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
        file.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        throw CommandFailure.configuration("cannot read " + config + ": " + RootCause.of(e));
      }
    }
    String servers =
        bootstrapServers != null ? bootstrapServers : file.getProperty("bootstrap.servers");
    Properties all =
        KafkaOption.clientProperties(servers != null ? servers : data.running().bootstrapServers());
    all.setProperty("client.id", "oht50-agent");
    all.setProperty("max.block.ms", "10000");
    all.setProperty("delivery.timeout.ms", "15000");
    all.setProperty("linger.ms", "5");
    all.setProperty("compression.type", "gzip");
    String given = all.getProperty("bootstrap.servers");
    all.putAll(file);
    all.setProperty("bootstrap.servers", given);
    all.setProperty("acks", "all");
    return all;
  }

  /** A producer whose broker answers and has the topic. */
  private static Producer<String, String> connect(Properties properties) {
    String servers = properties.getProperty("bootstrap.servers");
    Producer<String, String> producer;
    try {
      producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    } catch (KafkaException e) {
      throw CommandFailure.configuration(
          "the Kafka client cannot be made: "
              + RootCause.of(e)
              + "; check --bootstrap-servers and --config");
    }
    try {
      producer.partitionsFor(Topics.HOST);
      return producer;
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw CommandFailure.unavailable(
          "Kafka at "
              + servers
              + ": "
              + RootCause.of(e)
              + "; check --bootstrap-servers, and ./oht50 topics create "
              + Topics.HOST,
          e);
    }
  }
}
