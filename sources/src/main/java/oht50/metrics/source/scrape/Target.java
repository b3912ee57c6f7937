package oht50.metrics.source.scrape;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.model.MetricKind;
import oht50.metrics.model.Series;
import oht50.metrics.source.kafka.Text;
import oht50.metrics.source.relabel.Relabeling;
import oht50.metrics.time.Durations;

/**
 * What is scraped, and how.
 *
 * @param job the {@code job_name} under which it is configured; its label {@code job} may be
 *     another
 * @param host name or address, without the brackets of one of IPv6
 * @param path with the query, as it is asked for
 * @param labels of all its series; {@code job} and {@code instance} among them
 */
record Target(
    String job,
    String scheme,
    String host,
    int port,
    String path,
    Labels labels,
    long intervalMillis,
    long timeoutMillis,
    boolean honorLabels,
    boolean honorTimestamps,
    ScrapeLimits limits) {
  private static final String PARAM = "__param_";

  /**
   * A target of a job. As in Prometheus the labels of the group may say how it is scraped ({@code
   * __metrics_path__} and so on), and labels that begin with two underscores are not those of its
   * series. In between, the job's rules relabel it.
   *
   * @param address {@code host} or {@code host:port}
   * @return null when a rule drops it
   * @throws IllegalArgumentException with what is wrong with it
   */
  static Target of(ScrapeJob job, String address, Map<String, String> groupLabels) {
    Map<String, String> discovered = discovered(job, address, groupLabels);
    return job.relabeling().targets().apply(discovered) ? of(job, discovered) : null;
  }

  private static Map<String, String> discovered(
      ScrapeJob job, String address, Map<String, String> groupLabels) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("job", job.name());
    labels.put("__scheme__", job.scheme());
    labels.put("__metrics_path__", job.metricsPath());
    labels.put("__scrape_interval__", job.interval().toMillis() + "ms");
    labels.put("__scrape_timeout__", job.timeout().toMillis() + "ms");
    job.params()
        .forEach(
            (name, values) -> {
              if (!values.isEmpty()) {
                labels.put(PARAM + name, values.get(0));
              }
            });
    labels.putAll(groupLabels);
    labels.put("__address__", address);
    return labels;
  }

  private static Target of(ScrapeJob job, Map<String, String> labels) {
    String address = needed("__address__", labels);
    String scheme = needed("__scheme__", labels);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new IllegalArgumentException("scheme '" + scheme + "' is neither http nor https");
    }
    HostAndPort place = HostAndPort.of(address, scheme.equals("http") ? 80 : 443);
    String path = needed("__metrics_path__", labels);
    if (!isVisible(path) || !path.startsWith("/")) {
      throw new IllegalArgumentException(
          "path '" + path + "' does not begin with /, or has blanks");
    }
    Duration interval = Durations.parse(needed("__scrape_interval__", labels));
    Duration timeout = Durations.parse(needed("__scrape_timeout__", labels));
    if (interval.isZero() || timeout.isZero() || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "scrape_timeout "
              + timeout
              + " of "
              + address
              + " must be above 0 and at most scrape_interval "
              + interval);
    }
    Map<String, String> own = new TreeMap<>();
    labels.forEach(
        (name, value) -> {
          if (!name.startsWith("__") && !Relabeling.isLabelName(name)) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a label");
          }
          if (!name.startsWith("__")) {
            own.put(name, Text.sanitise(value));
          }
        });
    own.putIfAbsent("instance", Text.sanitise(address));
    return new Target(
        job.name(),
        scheme,
        place.host(),
        place.port(),
        path + query(job, labels, path.indexOf('?') < 0 ? '?' : '&'),
        Labels.of(own),
        interval.toMillis(),
        timeout.toMillis(),
        job.honorLabels(),
        job.honorTimestamps(),
        job.limits());
  }

  /** A label that says how to scrape; only a rule can have taken it away. */
  private static String needed(String name, Map<String, String> labels) {
    String value = labels.get(name);
    if (value == null) {
      throw new IllegalArgumentException("relabelling leaves no " + name);
    }
    return value;
  }

  private static String query(ScrapeJob job, Map<String, String> labels, char first) {
    Map<String, List<String>> params = new TreeMap<>();
    job.params().forEach((name, values) -> params.put(name, new ArrayList<>(values)));
    labels.forEach(
        (label, value) -> {
          if (label.startsWith(PARAM)) {
            List<String> values =
                params.computeIfAbsent(label.substring(PARAM.length()), name -> new ArrayList<>());
            if (values.isEmpty()) {
              values.add(value);
            } else {
              values.set(0, value);
            }
          }
        });
    StringBuilder query = new StringBuilder();
    params.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    query
                        .append(query.length() == 0 ? first : '&')
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return query.toString();
  }

  private static boolean isVisible(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 127);
  }

  String url() {
    return scheme + "://" + authority() + path;
  }

  /** The URL for people and tables: what it asks for in its query may be a secret. */
  String place() {
    int query = path.indexOf('?');
    return scheme + "://" + authority() + (query < 0 ? path : path.substring(0, query) + "?…");
  }

  /** Host and port as they are in a URL. */
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  boolean isEncrypted() {
    return scheme.equals("https");
  }

  /** URL and labels: what makes it another target when it changes. */
  String id() {
    return Series.of(url(), labels, MetricKind.GAUGE).canonical();
  }

  /** A number that is the same in every run, and spreads targets evenly. */
  long hash() {
    return Hash64.id(id());
  }

  /** {@code host:port}, taken apart. */
  private record HostAndPort(String host, int port) {
    static HostAndPort of(String address, int defaultPort) {
      int colon = address.lastIndexOf(':');
      boolean hasPort = colon >= 0 && address.indexOf(']', colon) < 0;
      String host = hasPort ? address.substring(0, colon) : address;
      int port = hasPort ? port(address, address.substring(colon + 1)) : defaultPort;
      boolean isBracketed = host.startsWith("[") && host.endsWith("]");
      String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
      boolean hasColon = bare.indexOf(':') >= 0;
      if (bare.isEmpty()
          || hasColon != isBracketed
          || !bare.chars().allMatch(HostAndPort::isOfHost)) {
        throw notOne(address);
      }
      return new HostAndPort(bare, port);
    }

    private static int port(String address, String text) {
      try {
        int port = Integer.parseInt(text);
        if (port > 0 && port < 65_536) {
          return port;
        }
      } catch (NumberFormatException e) {
        throw notOne(address);
      }
      throw notOne(address);
    }

    private static boolean isOfHost(int c) {
      return (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._:%".indexOf(c) >= 0;
    }

    private static IllegalArgumentException notOne(String address) {
      return new IllegalArgumentException(
          "'"
              + Text.brief(address)
              + "' is not a target; write it like host:9100, without a scheme");
    }
  }
}
