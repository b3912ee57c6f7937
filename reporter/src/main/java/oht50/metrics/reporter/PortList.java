package oht50.metrics.reporter;

import java.util.ArrayList;
import java.util.List;

/** Ports as Flink writes them: {@code 9260}, {@code 9260-9269}, {@code 9260,9270-9279}. */
final class PortList {
  private PortList() {}

  static List<Integer> parse(String text) {
    List<Integer> ports = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-', 1);
      int first = port(dash < 0 ? part : part.substring(0, dash), text);
      int last = dash < 0 ? first : port(part.substring(dash + 1), text);
      if (first > last) {
        throw new IllegalArgumentException("port: '" + text + "' has a range that ends first");
      }
      for (int port = first; port <= last; port++) {
        ports.add(port);
      }
    }
    return ports;
  }

  /** 0 lets the system choose. */
  private static int port(String part, String text) {
    try {
      int port = Integer.parseInt(part.strip());
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(refusal(part, text), e);
    }
    throw new IllegalArgumentException(refusal(part, text));
  }

  private static String refusal(String part, String text) {
    return "port: '" + part + "' in '" + text + "' is no port; 0 to 65535 are";
  }
}
