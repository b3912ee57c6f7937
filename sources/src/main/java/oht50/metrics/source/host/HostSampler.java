package oht50.metrics.source.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import oht50.metrics.model.Position;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.SeriesLayout;
import oht50.metrics.source.Decoded;
import oht50.metrics.source.host.HostSeries.Sample;

/**
 * The machine's own series ({@link HostSeries}), all of one time. The position of a sample is
 * (topic {@code host:<instance>}, partition 0, offset its time).
 */
public final class HostSampler implements Poller<Decoded> {
  private final String instance;
  private final HostSeries series;
  private final LongSupplier clockMillis;

  HostSampler(String instance, HostReadings readings, LongSupplier clockMillis) {
    this.instance = instance;
    this.series = new HostSeries(instance, readings);
    this.clockMillis = clockMillis;
  }

  /** Samples the machine on which it is opened. */
  public static PollerFactory<Decoded> ofThisMachine(String instance) {
    return checkpoints -> new HostSampler(instance, new OshiReadings(), System::currentTimeMillis);
  }

  @Override
  public Decoded poll() {
    // key of the series -> samples
    Map<Long, List<Sample>> groups = new LinkedHashMap<>();
    for (Sample sample : series.read()) {
      groups.computeIfAbsent(sample.series().key(), key -> new ArrayList<>()).add(sample);
    }
    long now = clockMillis.getAsLong();
    return Decoded.samples(batches(groups.values(), now), now, now);
  }

  private SampleBatch[] batches(Iterable<List<Sample>> groups, long now) {
    Position position = new Position("host:" + instance, 0, now);
    List<SampleBatch> batches = new ArrayList<>();
    for (List<Sample> samples : groups) {
      batches.add(
          SampleBatch.at(
              now,
              SeriesLayout.of(samples.stream().map(Sample::series).toList()),
              samples.stream().mapToDouble(Sample::value).toArray(),
              position));
    }
    return batches.toArray(SampleBatch[]::new);
  }
}
