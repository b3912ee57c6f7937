package oht50.metrics.cli.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** How far the job's watermark is behind, from what its processes report to Prometheus. */
final class WatermarkGauge {
  private static final String SUFFIX = "watermark_delay_seconds";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final List<String> urls;

  WatermarkGauge(List<String> urls) {
    this.urls = urls;
  }

  /** The largest over all subtasks; empty if none reports a number. */
  OptionalDouble delaySeconds() throws InterruptedException {
    OptionalDouble largest = OptionalDouble.empty();
    for (String url : urls) {
      OptionalDouble one = largest(fetch(url));
      if (one.isPresent() && (largest.isEmpty() || one.getAsDouble() > largest.getAsDouble())) {
        largest = one;
      }
    }
    return largest;
  }

  /** From text in the exposition format. */
  static OptionalDouble largest(String exposition) {
    return exposition
        .lines()
        .filter(line -> !line.startsWith("#") && isDelay(line))
        .mapToDouble(WatermarkGauge::value)
        .filter(value -> !Double.isNaN(value))
        .max();
  }

  private static boolean isDelay(String line) {
    int brace = line.indexOf('{');
    int end = brace >= 0 ? brace : line.indexOf(' ');
    return end > 0 && line.substring(0, end).endsWith(SUFFIX);
  }

  private static double value(String line) {
    String text = line.substring(Math.max(line.lastIndexOf('}') + 1, line.indexOf(' '))).strip();
    // A time stamp may follow the value.
    int space = text.indexOf(' ');
    String number = space < 0 ? text : text.substring(0, space);
    return switch (number) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(number);
    };
  }

  private String fetch(String url) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException gone) {
      return "";
    }
  }
}
