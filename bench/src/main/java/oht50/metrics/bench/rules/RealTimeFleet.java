package oht50.metrics.bench.rules;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import oht50.metrics.model.SampleBatch;

/**
 * A fleet that speaks to a Prometheus, each second once it is over; what is past already without a
 * pause.
 */
final class RealTimeFleet {
  private final RobotFleet fleet;
  private final PrometheusServer server;

  RealTimeFleet(RobotFleet fleet, PrometheusServer server) {
    this.fleet = fleet;
    this.server = server;
  }

  /** The second that comes next, ms. */
  long now() {
    return fleet.now();
  }

  /**
   * Sends what the robots say in some minutes.
   *
   * @return how many samples that was
   */
  long speakFor(int minutes) throws IOException, InterruptedException {
    long samples = 0;
    for (int second = 0; second < 60 * minutes; second++) {
      long isOverAt = fleet.now() + 1_000;
      TimeUnit.MILLISECONDS.sleep(Math.max(0, isOverAt - System.currentTimeMillis()));
      for (SampleBatch batch : fleet.nextSecond()) {
        server.write(batch);
        samples += batch.size();
      }
    }
    return samples;
  }
}
