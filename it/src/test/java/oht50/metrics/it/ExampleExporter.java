package oht50.metrics.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Programs of a fleet that serve the pages of {@link Examples}, each under its own path, and the
 * scrape file that names them: the {@code instance} of a page is the name of its file. Until they
 * are opened they answer that they are not ready.
 */
final class ExampleExporter implements AutoCloseable {
  /** The job for which {@code deploy/relabel/backend.yml} has rules. */
  private static final String BACKEND = "oht50-backend";

  private static final int UNAVAILABLE = 503;

  private final HttpServer server;
  private volatile boolean open;

  ExampleExporter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  void open() {
    open = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!open) {
        exchange.sendResponseHeaders(UNAVAILABLE, -1);
        return;
      }
      String file = exchange.getRequestURI().getPath().substring(1);
      byte[] page = Files.readAllBytes(Examples.PAGES.resolve(file));
      exchange
          .getResponseHeaders()
          .set(
              "Content-Type",
              file.endsWith(".openmetrics")
                  ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                  : "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    }
  }

  /** Writes the {@code scrape_configs} of all pages. */
  Path writeScrapeFile(Path file) throws IOException {
    Map<String, List<String>> targets = new TreeMap<>(); // job -> lines
    try (Stream<Path> pages = Files.list(Examples.PAGES)) {
      for (String page : pages.map(path -> path.getFileName().toString()).sorted().toList()) {
        targets
            .computeIfAbsent(
                page.startsWith("backend-") ? BACKEND : "examples", any -> new ArrayList<>())
            .add(
                "      - {targets: ['127.0.0.1:%d'], labels: {instance: %s, __metrics_path__: /%s}}"
                    .formatted(server.getAddress().getPort(), page, page));
      }
    }
    List<String> lines = new ArrayList<>(List.of("scrape_configs:"));
    targets.forEach(
        (job, itsTargets) -> {
          lines.add("  - job_name: " + job);
          lines.add("    scrape_interval: 5s");
          lines.add("    scrape_timeout: 5s");
          lines.add("    static_configs:");
          lines.addAll(itsTargets);
        });
    return Files.write(file, lines);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
