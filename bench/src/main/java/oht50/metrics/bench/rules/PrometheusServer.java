package oht50.metrics.bench.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import oht50.metrics.model.Labels;
import oht50.metrics.model.SampleBatch;

/** A Prometheus of its own, which takes samples by remote write and scrapes nothing. */
final class PrometheusServer implements AutoCloseable {
  private static final int SERIES_OF_A_REQUEST = 20;
  private static final double TICKS_A_SECOND = 100; // of /proc, on every Linux
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final String url;

  private PrometheusServer(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * @param folder for its data and log
   * @param rules the text of its rule file
   */
  static PrometheusServer start(Path binary, Path folder, String rules)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("rules.yml"), rules);
    Files.writeString(
        folder.resolve("prometheus.yml"),
        "global: {evaluation_interval: 15s}\nrule_files: [rules.yml]\n");
    int port = freePort();
    Path log = folder.resolve("prometheus.log");
    Process process =
        new ProcessBuilder(
                binary.toString(),
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, "http://127.0.0.1:" + port);
    try {
      server.awaitReady(log);
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (get("/-/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet; the deadline bounds it.
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("Prometheus did not start: " + Files.readString(log));
  }

  void write(SampleBatch batch) throws IOException, InterruptedException {
    for (int from = 0; from < batch.size(); from += SERIES_OF_A_REQUEST) {
      int to = Math.min(batch.size(), from + SERIES_OF_A_REQUEST);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/api/v1/write"))
              .header("Content-Encoding", "snappy")
              .header("Content-Type", "application/x-protobuf")
              .header("X-Prometheus-Remote-Write-Version", "0.1.0")
              .POST(BodyPublishers.ofByteArray(RemoteWrite.request(batch, from, to)))
              .build();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 204) {
        throw new IOException(
            "Prometheus refused samples: %d %s"
                .formatted(response.statusCode(), response.body().strip()));
      }
    }
  }

  /** CPU seconds of the process so far, in user and system mode. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
  }

  /** What came of its rules. */
  FiredAlerts alerts() throws IOException, InterruptedException {
    Set<String> now = new TreeSet<>();
    for (JsonNode alert : data("/api/v1/alerts").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        now.add(text(alert.path("labels")));
      }
    }
    Set<String> ever = new TreeSet<>();
    String query = "count_over_time(ALERTS{alertstate=\"firing\"}[1h])";
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    for (JsonNode series : data("/api/v1/query?query=" + encoded).path("result")) {
      ever.add(text(series.path("metric")));
    }
    return new FiredAlerts(ever, now);
  }

  private static String text(JsonNode labels) {
    TreeMap<String, String> all = new TreeMap<>();
    labels.properties().forEach(each -> all.put(each.getKey(), each.getValue().asText()));
    all.remove("alertstate");
    return PublishedAlerts.text(Labels.of(all));
  }

  /**
   * @throws IOException if a rule has failed
   */
  void checkRulesAreHealthy() throws IOException, InterruptedException {
    for (JsonNode group : data("/api/v1/rules").path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        if (!rule.path("health").asText().equals("ok")) {
          throw new IOException("Prometheus cannot evaluate " + rule);
        }
      }
    }
  }

  private JsonNode data(String path) throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(get(path).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IOException("Prometheus answers " + answer);
    }
    return answer.path("data");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
