package oht50.metrics.source.relabel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import oht50.metrics.model.Occurrence;
import oht50.metrics.model.SampleBatch;
import oht50.metrics.model.Series;
import oht50.metrics.model.SeriesLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the rules of a source to what it says. What becomes of a layout is remembered, so that
 * rules are asked once for each and not for each record; bounded, the least recently used goes
 * first. Where rules make one series of several of a layout, the first one's samples count.
 */
public final class SeriesRelabeling {
  /** What else can become of a sample than another one. */
  public enum Outcome {
    /** A rule says so. */
    DROPPED,
    /** A series before it in the record has become the same one. */
    DUPLICATE,
    /** Rules left no name, or one that is none; the sample is left out. */
    INVALID,
    /** A conversion is of its metric, but not for its kind; it is left as it is. */
    NOT_CONVERTED
  }

  /** Is told how many samples had another outcome. */
  public interface Tally {
    void count(Outcome outcome, int samples);
  }

  /** About 1,000 robots with four shapes of message each, as decoders remember. */
  private static final int LAYOUTS = 4_096;

  private static final Logger LOG = LoggerFactory.getLogger(SeriesRelabeling.class);

  /**
   * Series of one key that are left of a layout.
   *
   * @param columns where they were in it
   * @param conversions one per series, null for none; null when there are none at all
   */
  private record Part(SeriesLayout layout, int[] columns, Conversion[] conversions) {}

  /**
   * What becomes of a layout.
   *
   * @param isSame whether nothing changes
   */
  private record Plan(List<Part> parts, boolean isSame, Map<Outcome, Integer> outcomes) {}

  private final List<Conversion> conversions;
  private final Relabeling relabeling;
  private final Tally tally;
  private final Set<Outcome> logged = EnumSet.of(Outcome.DROPPED);

  // hash of a layout -> what becomes of it, least recently used first
  private final Map<Long, Plan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Plan> eldest) {
          return size() > LAYOUTS;
        }
      };

  public SeriesRelabeling(SourceRules rules, Tally tally) {
    this.conversions = rules.conversions().stream().map(SeriesRelabeling::checked).toList();
    this.relabeling = rules.relabeling();
    this.tally = tally;
  }

  private static Conversion checked(ConvertForm form) {
    return Conversion.of(
        form,
        fault -> {
          throw new IllegalStateException("a conversion that was checked: " + fault);
        });
  }

  /** What becomes of samples: batches of one key each. */
  public void relabel(SampleBatch batch, Consumer<SampleBatch> out) {
    Plan plan = plan(batch.layout());
    if (plan.isSame) {
      out.accept(batch);
      return;
    }
    for (Part part : plan.parts) {
      out.accept(
          new SampleBatch(
              part.layout,
              batch.timestamps().length == 1 ? batch.timestamps() : times(batch, part.columns),
              values(batch, part),
              batch.sourceId(),
              batch.offset()));
    }
  }

  /** What becomes of an occurrence: one for the series of each key. */
  public void relabel(Occurrence occurrence, Consumer<Occurrence> out) {
    Plan plan = plan(occurrence.series());
    if (plan.isSame) {
      out.accept(occurrence);
      return;
    }
    for (Part part : plan.parts) {
      out.accept(
          new Occurrence(
              part.layout,
              occurrence.naturalKey(),
              occurrence.timestamp(),
              occurrence.sourceId(),
              occurrence.offset(),
              occurrence.isWithdrawn()));
    }
  }

  private static long[] times(SampleBatch batch, int[] columns) {
    long[] times = new long[columns.length];
    for (int i = 0; i < columns.length; i++) {
      times[i] = batch.timestamps()[columns[i]];
    }
    return times;
  }

  private static double[] values(SampleBatch batch, Part part) {
    double[] values = new double[part.columns.length];
    for (int i = 0; i < values.length; i++) {
      double value = batch.values()[part.columns[i]];
      Conversion conversion = part.conversions == null ? null : part.conversions[i];
      values[i] = conversion == null ? value : conversion.convert(value);
    }
    return values;
  }

  private Plan plan(SeriesLayout layout) {
    Plan plan = plans.get(layout.hash());
    if (plan == null) {
      plan = new Planning(layout).plan();
      plans.put(layout.hash(), plan);
    }
    if (!plan.outcomes.isEmpty()) {
      plan.outcomes.forEach(tally::count);
    }
    return plan;
  }

  /** Finds out what becomes of a layout. */
  private final class Planning {
    private record Column(int from, Series series, Conversion conversion) {}

    private final SeriesLayout layout;
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    // what a series becomes -> what it was
    private final Map<Series, Series> origins = new LinkedHashMap<>();
    // key of the series -> what is left, in the order of the layout
    private final Map<Long, List<Column>> left = new LinkedHashMap<>();

    private boolean isSame = true;

    private Planning(SeriesLayout layout) {
      this.layout = layout;
    }

    Plan plan() {
      for (int i = 0; i < layout.size(); i++) {
        Column column = column(i);
        isSame &=
            column != null && column.conversion == null && column.series.equals(layout.series(i));
        if (column != null) {
          left.computeIfAbsent(column.series.key(), key -> new ArrayList<>()).add(column);
        }
      }
      return new Plan(left.values().stream().map(this::part).toList(), isSame, outcomes);
    }

    private Column column(int i) {
      Series series = layout.series(i);
      Conversion conversion = conversion(series);
      String name = conversion == null ? series.name() : conversion.renamed(series.name());
      Series changed;
      try {
        changed = relabeling.series(name, series.labels().toMap(), series.kind());
      } catch (InvalidSeries e) {
        return none(Outcome.INVALID, series, e.getMessage());
      }
      if (changed == null) {
        return none(Outcome.DROPPED, series, "");
      }
      Series origin = origins.putIfAbsent(changed, series);
      if (origin != null && !origin.equals(series)) {
        return none(Outcome.DUPLICATE, series, "it becomes " + changed + ", as did " + origin);
      }
      return new Column(i, changed, conversion);
    }

    private Conversion conversion(Series series) {
      for (Conversion conversion : conversions) {
        if (conversion.isOf(series.name())) {
          if (conversion.suits(series.name(), series.kind())) {
            return conversion;
          }
          none(Outcome.NOT_CONVERTED, series, "its kind is " + series.kind());
          return null;
        }
      }
      return null;
    }

    private Column none(Outcome outcome, Series series, String why) {
      outcomes.merge(outcome, 1, Integer::sum);
      if (logged.add(outcome)) {
        LOG.warn("{} {}: {}; said once, counted always", outcome, series, why);
      }
      return null;
    }

    private Part part(List<Column> columns) {
      boolean converts = columns.stream().anyMatch(column -> column.conversion != null);
      return new Part(
          SeriesLayout.of(columns.stream().map(Column::series).toList()),
          columns.stream().mapToInt(Column::from).toArray(),
          converts ? columns.stream().map(Column::conversion).toArray(Conversion[]::new) : null);
    }
  }
}
