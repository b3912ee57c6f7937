package oht50.metrics.source.scrape;

import java.util.List;

/** A file of scrape jobs that cannot be used, with every fault in it. */
public final class InvalidScrapeFile extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidScrapeFile(List<String> faults) {
    super(String.join("; ", faults));
  }
}
