package oht50.metrics.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Flink's REST interface, as far as it is needed here. IOException: nobody answers. */
public final class FlinkRest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SHORT = Duration.ofSeconds(5);
  // The job's main() runs meanwhile and looks for its topics and its database.
  private static final Duration SUBMISSION = Duration.ofSeconds(120);
  private static final Set<String> TERMINAL = Set.of("FINISHED", "CANCELED", "FAILED", "SUSPENDED");

  /** A job as the overview shows it. */
  public record Job(String id, String state) {
    public boolean isOver() {
      return TERMINAL.contains(state);
    }
  }

  /** The newest completed one; times in milliseconds since 1970. */
  public record CompletedCheckpoint(long id, long triggeredMillis, long completedMillis) {}

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final String base;

  public FlinkRest(String base) {
    this.base = base;
  }

  public List<Job> jobs() throws IOException, InterruptedException {
    List<Job> jobs = new ArrayList<>();
    for (JsonNode job : get("/jobs").path("jobs")) {
      jobs.add(new Job(job.path("id").asText(), job.path("status").asText()));
    }
    return jobs;
  }

  /** The one that is not over; there is never more than one. */
  public Optional<Job> liveJob() throws IOException, InterruptedException {
    return jobs().stream().filter(job -> !job.isOver()).findFirst();
  }

  public Optional<CompletedCheckpoint> latestCheckpoint(String job)
      throws IOException, InterruptedException {
    JsonNode completed = get("/jobs/" + job + "/checkpoints").path("latest").path("completed");
    return completed.hasNonNull("id")
        ? Optional.of(
            new CompletedCheckpoint(
                completed.get("id").asLong(),
                completed.path("trigger_timestamp").asLong(),
                completed.path("latest_ack_timestamp").asLong()))
        : Optional.empty();
  }

  /** The newest failure of a job, as Flink prints it; empty if there was none. */
  /** When a job last began to restart, ms; 0 for never. */
  public long restartedMillis(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job).path("timestamps").path("RESTARTING").asLong();
  }

  String lastFailure(String job) throws IOException, InterruptedException {
    return get("/jobs/" + job + "/exceptions?maxExceptions=1").path("root-exception").asText("");
  }

  /** Resource ids of those that are registered. */
  Set<String> taskManagers() throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    get("/taskmanagers").path("taskmanagers").forEach(each -> ids.add(each.path("id").asText()));
    return ids;
  }

  /** Resource ids of those that work on something. */
  public Set<String> busyTaskManagers() throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    for (JsonNode each : get("/taskmanagers").path("taskmanagers")) {
      if (each.path("freeSlots").asInt() < each.path("slotsNumber").asInt()) {
        ids.add(each.path("id").asText());
      }
    }
    return ids;
  }

  /** Asks for a savepoint while the job goes on; it completes some time later. */
  public void triggerSavepoint(String job, Path folder)
      throws IOException, InterruptedException, FlinkRefusal {
    ObjectNode body = JSON.createObjectNode();
    body.put("cancel-job", false);
    body.put("formatType", "CANONICAL");
    body.put("target-directory", folder.toUri().toString());
    post("/jobs/" + job + "/savepoints", body, SHORT);
  }

  /** Returns the id under which the jar can be run. */
  String upload(Path jar) throws IOException, InterruptedException, FlinkRefusal {
    String boundary = "oht50-" + System.nanoTime();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    head.writeBytes(
        ("--"
                + boundary
                + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                + jar.getFileName()
                + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofByteArray(head.toByteArray()),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofByteArray(tail));
    JsonNode answer =
        send(
            request("/jars/upload", SUBMISSION)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body));
    return Path.of(answer.path("filename").asText()).getFileName().toString();
  }

  /**
   * Runs an uploaded jar; returns the job's id.
   *
   * @param from a checkpoint's path, or null to start from nothing
   */
  String run(String jar, JobRequest request, String from)
      throws IOException, InterruptedException, FlinkRefusal {
    ObjectNode body = JSON.createObjectNode();
    body.put("entryClass", JobRequest.MAIN_CLASS);
    request.arguments().forEach(body.putArray("programArgsList")::add);
    body.put("parallelism", defaultParallelism());
    if (from != null) {
      body.put("savepointPath", from);
      body.put("allowNonRestoredState", request.lessThanBefore());
    }
    return post("/jars/" + jar + "/run", body, SUBMISSION).path("jobid").asText();
  }

  /**
   * Of the cluster's configuration: a job run over REST would otherwise have a parallelism of 1.
   */
  private int defaultParallelism() throws IOException, InterruptedException {
    for (JsonNode entry : get("/jobmanager/config")) {
      if (entry.path("key").asText().equals("parallelism.default")) {
        return entry.path("value").asInt();
      }
    }
    return 1;
  }

  /** Asks for a checkpoint now; it completes some time later. */
  void triggerCheckpoint(String job) throws IOException, InterruptedException, FlinkRefusal {
    post("/jobs/" + job + "/checkpoints", JSON.createObjectNode(), SHORT);
  }

  public void cancel(String job) throws IOException, InterruptedException, FlinkRefusal {
    send(request("/jobs/" + job + "?mode=cancel", SHORT).method("PATCH", BodyPublishers.noBody()));
  }

  /** Stops the job with a savepoint in the canonical form; returns its place. */
  String stopWithSavepoint(String job, Path folder, Duration limit)
      throws IOException, InterruptedException, FlinkRefusal {
    ObjectNode body = JSON.createObjectNode();
    body.put("drain", false);
    body.put("formatType", "CANONICAL");
    body.put("targetDirectory", folder.toUri().toString());
    String request = post("/jobs/" + job + "/stop", body, SHORT).path("request-id").asText();
    long deadline = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode answer = get("/jobs/" + job + "/savepoints/" + request);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        JsonNode operation = answer.path("operation");
        if (operation.has("failure-cause")) {
          throw new FlinkRefusal(
              FlinkAnswer.reason(operation.path("failure-cause").path("stack-trace").asText()));
        }
        return operation.path("location").asText();
      }
      Thread.sleep(200);
    }
    throw new FlinkRefusal("the savepoint was not complete after " + limit.toSeconds() + " s");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    try {
      return send(request(path, SHORT).GET());
    } catch (FlinkRefusal e) {
      throw new IOException("GET " + path + ": " + e.getMessage(), e);
    }
  }

  private JsonNode post(String path, JsonNode body, Duration limit)
      throws IOException, InterruptedException, FlinkRefusal {
    return send(
        request(path, limit)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path, Duration limit) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(limit);
  }

  private JsonNode send(HttpRequest.Builder request)
      throws IOException, InterruptedException, FlinkRefusal {
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw refusal(response);
    }
    return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
  }

  private static FlinkRefusal refusal(HttpResponse<String> response) {
    StringBuilder trace = new StringBuilder();
    try {
      JSON.readTree(response.body())
          .path("errors")
          .forEach(error -> trace.append(error.asText()).append('\n'));
    } catch (IOException noJson) {
      return new FlinkRefusal("HTTP " + response.statusCode());
    }
    return new FlinkRefusal(FlinkAnswer.reason(trace.toString()), trace.toString());
  }
}
