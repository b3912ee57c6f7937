package oht50.metrics.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.model.Series;

/**
 * One thing that the tables say. Values are compared by their bits, so two that only look the same
 * differ.
 */
sealed interface Answer {
  /**
   * An aggregated window; any NaN stands for all, which of them a sum makes is nobody's promise.
   */
  record Row(
      long series,
      String interval,
      long start,
      long end,
      boolean isFinal,
      long count,
      long sum,
      long min,
      long max,
      long first,
      long last,
      long increase,
      long boundaryIncrease,
      long timeWeightedAvg,
      long coveredMillis,
      long largestGapMillis)
      implements Answer {
    static Row of(
        long series,
        String interval,
        long start,
        long end,
        boolean isFinal,
        long count,
        double sum,
        double min,
        double max,
        double first,
        double last,
        double increase,
        double boundaryIncrease,
        double timeWeightedAvg,
        long coveredMillis,
        long largestGapMillis) {
      return new Row(
          series,
          interval,
          start,
          end,
          isFinal,
          count,
          Double.doubleToLongBits(sum),
          Double.doubleToLongBits(min),
          Double.doubleToLongBits(max),
          Double.doubleToLongBits(first),
          Double.doubleToLongBits(last),
          Double.doubleToLongBits(increase),
          Double.doubleToLongBits(boundaryIncrease),
          Double.doubleToLongBits(timeWeightedAvg),
          coveredMillis,
          largestGapMillis);
    }

    @Override
    public String toString() {
      return "row %s %s [%s, %s) %s: count %d sum %s min %s max %s first %s last %s"
          .concat(" increase %s of it over the boundary %s; over time %s covered %d gap %d")
          .formatted(
              Names.of(series),
              interval,
              Instant.ofEpochMilli(start),
              Instant.ofEpochMilli(end),
              isFinal ? "final" : "early",
              count,
              text(sum),
              text(min),
              text(max),
              text(first),
              text(last),
              text(increase),
              text(boundaryIncrease),
              text(timeWeightedAvg),
              coveredMillis,
              largestGapMillis);
    }
  }

  /**
   * When a fact changed in a minute: each offset, ms, and the bits of what it said from there on.
   */
  record Changes(long series, long minute, List<Long> said) implements Answer {
    static Changes of(long series, long minute, int[] offsets, double[] values) {
      List<Long> said = new ArrayList<>();
      for (int i = 0; i < offsets.length; i++) {
        said.add((long) offsets[i]);
        said.add(Double.doubleToRawLongBits(values[i]));
      }
      return new Changes(series, minute, said);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < said.size(); i += 2) {
        text.append(i == 0 ? "" : ", ").append(said.get(i)).append(" ms: ");
        text.append(text(said.get(i + 1)));
      }
      return "changes of %s %s: %s".formatted(Names.of(series), Instant.ofEpochMilli(minute), text);
    }
  }

  record Point(long series, long time, long value) implements Answer {
    static Point of(long series, long time, double value) {
      return new Point(series, time, Double.doubleToRawLongBits(value));
    }

    @Override
    public String toString() {
      return "point %s %s = %s"
          .formatted(Names.of(series), Instant.ofEpochMilli(time), text(value));
    }
  }

  /** A point beyond the horizon. */
  record Late(long series, long time, long value, long sourceId, long offset) implements Answer {
    static Late of(long series, long time, double value, long sourceId, long offset) {
      return new Late(series, time, Double.doubleToRawLongBits(value), sourceId, offset);
    }

    @Override
    public String toString() {
      return "late point %s %s = %s of %d@%d"
          .formatted(Names.of(series), Instant.ofEpochMilli(time), text(value), sourceId, offset);
    }
  }

  /** The newest point of a series. */
  record Latest(long series, long time, long value) implements Answer {
    static Latest of(long series, long time, double value) {
      return new Latest(series, time, Double.doubleToRawLongBits(value));
    }

    @Override
    public String toString() {
      return "latest point of %s %s = %s"
          .formatted(Names.of(series), Instant.ofEpochMilli(time), text(value));
    }
  }

  /** How often a series is expected to speak, ms. */
  record Expected(long series, long interval) implements Answer {
    @Override
    public String toString() {
      return "%s is expected every %d ms".formatted(Names.of(series), interval);
    }
  }

  /** A fact that is too old to be counted in a series. */
  record Uncounted(String series, String naturalKey) implements Answer {
    @Override
    public String toString() {
      return "fact %s not counted in %s".formatted(naturalKey, series);
    }
  }

  /** An alert as it stands. */
  record Alert(String rule, String robot, long activeAt, long startsAt, long endsAt)
      implements Answer {
    static Alert of(AlertTransition last) {
      return new Alert(
          last.rule(),
          last.labels().get("robot_id"),
          last.activeAt(),
          last.startsAt(),
          last.endsAt());
    }

    @Override
    public String toString() {
      return "alert %s of %s active %s fires %s ends %s"
          .formatted(
              rule,
              robot,
              Instant.ofEpochMilli(activeAt),
              Instant.ofEpochMilli(startsAt),
              endsAt == Long.MAX_VALUE ? "never" : Instant.ofEpochMilli(endsAt));
    }
  }

  private static String text(long bits) {
    return Double.longBitsToDouble(bits) + "/" + Long.toHexString(bits);
  }

  /** For people. */
  final class Names {
    private static final Map<Long, String> BY_ID = new ConcurrentHashMap<>();

    private Names() {}

    static Series known(Series series) {
      BY_ID.put(series.id(), series.canonical());
      return series;
    }

    static String of(long id) {
      return BY_ID.getOrDefault(id, Long.toString(id));
    }
  }
}
