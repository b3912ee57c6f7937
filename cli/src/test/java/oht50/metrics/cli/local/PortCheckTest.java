package oht50.metrics.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PortCheckTest {
  @Test
  void takenPortIsNamedWithTheOptionThatChangesIt() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ports ports = ports("--postgres-port", Integer.toString(other.getLocalPort()));
      assertThatThrownBy(() -> PortCheck.requireFree(ports))
          .hasMessage(
              "port "
                  + other.getLocalPort()
                  + " is taken by another process; choose another with --postgres-port PORT")
          .hasFieldOrPropertyWithValue("exitCode", 69);
    }
  }

  @Test
  void onePortCannotServeTwo() throws IOException {
    String free = Integer.toString(PortCheck.anyFree());
    assertThatThrownBy(
            () -> PortCheck.requireFree(ports("--postgres-port", free, "--flink-port", free)))
        .hasMessageContaining("--flink-port and --postgres-port both need port " + free)
        .hasFieldOrPropertyWithValue("exitCode", 2);
  }

  @Test
  void refusesWhatIsNoPort() throws IOException {
    assertThatThrownBy(() -> PortCheck.requireFree(ports("--flink-port", "70000")))
        .hasMessageContaining("70000 is no port");
  }

  @Test
  void defaultsAreFixed() {
    Ports ports = new Ports();
    new CommandLine(new Holder(ports)).parseArgs();
    assertThat(ports.byOption().values()).containsExactly(19092, 19093, 15432, 18081, 19249, 19260);
  }

  private static Ports ports(String... arguments) throws IOException {
    Ports ports = new Ports();
    new CommandLine(new Holder(ports)).parseArgs(arguments);
    // The defaults may be in use on this machine.
    String given = String.join(" ", arguments);
    ports.kafka = given.contains("--kafka-port") ? ports.kafka : PortCheck.anyFree();
    ports.kafkaController = PortCheck.anyFree();
    ports.postgres = given.contains("--postgres-port") ? ports.postgres : PortCheck.anyFree();
    ports.flink = given.contains("--flink-port") ? ports.flink : PortCheck.anyFree();
    ports.prometheus = PortCheck.anyFree();
    ports.metrics = PortCheck.anyFree();
    return ports;
  }

  @CommandLine.Command
  private static final class Holder {
    @CommandLine.Mixin private final Ports ports;

    private Holder(Ports ports) {
      this.ports = ports;
    }

    @Override
    public String toString() {
      return ports.toString();
    }
  }
}
