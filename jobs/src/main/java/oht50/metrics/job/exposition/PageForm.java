package oht50.metrics.job.exposition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import oht50.metrics.exposition.ExpositionPage;

/**
 * The page as the reporter reads it: a gauge {@code page} in the metric group {@code
 * oht50_exposition = 1}. Reporter and job are in different class loaders, so it is made of types of
 * the JDK: an array of rows, each
 *
 * <ol>
 *   <li>{@code String} name of the metric
 *   <li>{@code String} counter, gauge or histogram
 *   <li>{@code String} unit, empty for none
 *   <li>{@code String} help
 *   <li>{@code String[]} label names and values in turn
 *   <li>{@code double[]} the value; of a histogram the sum, then the count of each bucket, not
 *       cumulative
 *   <li>{@code double[]} upper bounds of the buckets without +Inf; empty for others
 * </ol>
 *
 * Rows of one metric follow each other. Whoever changes this raises the version.
 */
final class PageForm {
  static final String GROUP = "oht50_exposition";
  static final String VERSION = "1";
  static final String GAUGE = "page";

  private PageForm() {}

  static Object[] of(Collection<ExpositionPage.Row> rows) {
    return rows.stream().map(PageForm::row).toArray();
  }

  private static Object[] row(ExpositionPage.Row row) {
    List<String> labels = new ArrayList<>();
    row.labels()
        .forEach(
            (name, value) -> {
              labels.add(name);
              labels.add(value);
            });
    return new Object[] {
      row.metric().name(),
      row.metric().type().word(),
      row.metric().unit(),
      row.metric().help(),
      labels.toArray(new String[0]),
      row.values(),
      row.metric().bounds().stream().mapToDouble(Double::doubleValue).toArray()
    };
  }
}
