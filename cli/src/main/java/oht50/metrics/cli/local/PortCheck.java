package oht50.metrics.cli.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import oht50.metrics.cli.CommandFailure;

/** Finds a taken port before anything starts, and names the option that changes it. */
public final class PortCheck {
  private PortCheck() {}

  /** Throws a failure for the first taken, invalid or twice used one. */
  static void requireFree(Ports ports) {
    Map<Integer, String> seen = new HashMap<>();
    ports.byOption().forEach((option, port) -> require(option, port, seen));
    // The TaskManager's metrics.
    require("--prometheus-port", ports.prometheus + 1, seen);
  }

  private static void require(String option, int port, Map<Integer, String> seen) {
    if (port < 1 || port > 65_535) {
      throw CommandFailure.usage(option + ": " + port + " is no port; 1 to 65535 are");
    }
    String other = seen.putIfAbsent(port, option);
    if (other != null) {
      throw CommandFailure.usage(
          option + " and " + other + " both need port " + port + "; give one of them another");
    }
    if (!isFree(port)) {
      throw CommandFailure.unavailable(
          "port " + port + " is taken by another process; choose another with " + option + " PORT");
    }
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers do it: what only waits to be forgotten (TIME_WAIT) does not count.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A port that is free now. */
  static int anyFree() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
