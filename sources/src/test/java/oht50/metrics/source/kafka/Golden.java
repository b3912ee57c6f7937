package oht50.metrics.source.kafka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oht50.metrics.model.Event;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.Rejected;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.source.Decoded;

/** What was decoded as lines that a person can check. */
final class Golden {
  private Golden() {}

  /** Event time of the record, then samples, occurrences, events and rejects, each part sorted. */
  static List<String> lines(Decoded decoded) {
    List<String> lines = new ArrayList<>();
    lines.add(
        decoded.hasEventTime() ? Instant.ofEpochMilli(decoded.eventTime()).toString() : "no time");
    for (SampleBatch batch : decoded.batches()) {
      for (int i = 0; i < batch.size(); i++) {
        Series series = batch.layout().series(i);
        long timestamp = batch.timestamps()[batch.timestamps().length == 1 ? 0 : i];
        lines.add(
            "%s %s %s%s"
                .formatted(
                    kind(series),
                    series,
                    batch.values()[i],
                    timestamp == decoded.eventTime()
                        ? ""
                        : " at " + Instant.ofEpochMilli(timestamp)));
      }
    }
    lines.subList(1, lines.size()).sort(null);
    int occurrences = lines.size();
    for (Occurrence occurrence : decoded.occurrences()) {
      for (int i = 0; i < occurrence.series().size(); i++) {
        Series series = occurrence.series().series(i);
        lines.add(kind(series) + " " + series + " +1");
      }
    }
    lines.subList(occurrences, lines.size()).sort(null);
    for (Event event : decoded.events()) {
      lines.add(
          "event %s %s of %s, severity %s, status %s, acknowledged %s, id %s"
              .formatted(
                  event.kind().word(),
                  event.type(),
                  event.entity(),
                  event.severity(),
                  event.status(),
                  event.acknowledged(),
                  event.id()));
    }
    for (Rejected rejected : decoded.rejected()) {
      lines.add("reject " + rejected.reason() + " " + rejected.path());
    }
    return lines;
  }

  private static String kind(Series series) {
    return series.kind().name().toLowerCase(Locale.ROOT);
  }
}
