package oht50.metrics.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RelayTest {
  private ServerSocket server;
  private Relay relay;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread echo = new Thread(this::echo, "echo");
    echo.setDaemon(true);
    echo.start();
    relay = Relay.start(0, server.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    relay.close();
    server.close();
  }

  private void echo() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread thread =
            new Thread(
                () -> {
                  try (client) {
                    client.getInputStream().transferTo(client.getOutputStream());
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
        thread.setUncaughtExceptionHandler((broken, connection) -> {});
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static int answer(Socket socket, int question) throws IOException {
    socket.getOutputStream().write(question);
    return socket.getInputStream().read();
  }

  @Test
  void forwardsBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(answer(client, 7)).isEqualTo(7);
      assertThat(answer(client, 8)).isEqualTo(8);
    }
  }

  @Test
  void brokenConnectionsAreResetAndNewOnesLetThrough() throws IOException {
    try (Socket client = connect()) {
      assertThat(answer(client, 7)).isEqualTo(7);
      relay.breakConnections();
      assertThatThrownBy(() -> answer(client, 8)).isInstanceOf(IOException.class);
    }
    try (Socket client = connect()) {
      assertThat(answer(client, 9)).isEqualTo(9);
    }
  }

  @Test
  void whileItRefusesNobodyGetsThrough() throws IOException {
    relay.refuse(true);
    assertThatThrownBy(
            () -> {
              try (Socket client = connect()) {
                if (answer(client, 7) < 0) {
                  throw new IOException("closed");
                }
              }
            })
        .isInstanceOf(IOException.class);
    relay.refuse(false);
    try (Socket client = connect()) {
      assertThat(answer(client, 9)).isEqualTo(9);
    }
  }

  @Test
  void whatIsSentWhileItHoldsArrivesAfterwards() throws IOException {
    try (Socket client = connect()) {
      assertThat(answer(client, 7)).isEqualTo(7);
      relay.hold(true);
      client.setSoTimeout(200);
      assertThatThrownBy(() -> answer(client, 8)).isInstanceOf(SocketTimeoutException.class);
      relay.hold(false);
      client.setSoTimeout(5_000);
      assertThat(client.getInputStream().read()).isEqualTo(8);
    }
  }
}
