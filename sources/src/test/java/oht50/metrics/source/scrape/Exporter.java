package oht50.metrics.source.scrape;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import oht50.metrics.source.exposition.ExpositionLimits;

/** An exporter on this machine that answers what a test tells it to. */
final class Exporter implements AutoCloseable {
  /** What it answers. */
  record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer text(String page) {
      return of("text/plain; version=0.0.4; charset=utf-8", page);
    }

    static Answer openMetrics(String page) {
      return of("application/openmetrics-text; version=1.0.0; charset=utf-8", page);
    }

    private static Answer of(String contentType, String page) {
      return new Answer(
          200, Map.of("Content-Type", contentType), page.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** What it was asked. */
  record Asked(String uri, Map<String, List<String>> headers) {}

  static final ScrapeLimits LIMITS = new ScrapeLimits(2_000, new ExpositionLimits(10, 5, 30, 40));

  final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Answer answer = Answer.text("");

  Exporter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer now = answer;
    asked.add(
        new Asked(exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders())));
    now.headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(now.status, now.body.length == 0 ? -1 : now.body.length);
    exchange.getResponseBody().write(now.body);
    exchange.close();
  }

  void answers(Answer next) {
    answer = next;
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  Target target() {
    return Target.of(job(true, false), address(), Map.of("instance", "here"));
  }

  /** A job "it" that scrapes this exporter every ten seconds. */
  ScrapeJob job(boolean honorTimestamps, boolean honorLabels) {
    return new ScrapeJob(
        "it",
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        "/metrics",
        "http",
        Map.of(),
        honorLabels,
        honorTimestamps,
        LIMITS,
        ScrapeJob.Rules.NONE,
        List.of(new TargetGroup(List.of(address()), Map.of("instance", "here"))),
        List.of(),
        Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
