package oht50.metrics.reporter;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.util.List;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the exposition pages of the jobs in this process at {@code /metrics}; without one, an
 * empty page. Takes no other metric of Flink.
 *
 * <ul>
 *   <li>{@code port}: one, a list or ranges, of which the first free one is taken; 9260 to 9269
 *   <li>{@code host}: the address it listens on; 127.0.0.1. On a cluster whose Prometheus is on
 *       another machine set 0.0.0.0 and let the firewall say who may ask
 * </ul>
 */
final class ExpositionReporter implements MetricReporter {
  private static final Logger LOG = LoggerFactory.getLogger(ExpositionReporter.class);

  private static final String MARKER = "<oht50_exposition>";
  private static final String READABLE_VERSION = "1";

  private final Pages pages = new Pages();
  private HTTPServer server;

  @Override
  public void open(MetricConfig config) {
    String host = config.getString("host", "127.0.0.1");
    String ports = config.getString("port", "9260-9269");
    server = start(host, PortList.parse(ports), ports);
    LOG.info("The exposition page is at http://{}:{}/metrics", host, server.getPort());
  }

  private HTTPServer start(String host, List<Integer> ports, String said) {
    PrometheusRegistry registry = new PrometheusRegistry();
    registry.register(pages);
    for (int port : ports) {
      try {
        return HTTPServer.builder().hostname(host).port(port).registry(registry).buildAndStart();
      } catch (BindException taken) {
        LOG.debug("Port {} is taken", port);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen on " + host + ":" + port, e);
      }
    }
    throw new IllegalStateException(
        "no port of " + said + " can be had on " + host + "; set metrics.reporter.<name>.port");
  }

  int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String version = group.getAllVariables().get(MARKER);
    if (version == null || !(metric instanceof Gauge<?> page)) {
      return;
    }
    if (version.equals(READABLE_VERSION)) {
      pages.add(page);
    } else {
      LOG.warn(
          "The job's exposition page has form {}, this reporter reads {}; take both from one build",
          version,
          READABLE_VERSION);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Gauge<?> page) {
      pages.remove(page);
    }
  }
}
