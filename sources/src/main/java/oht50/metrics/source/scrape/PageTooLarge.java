package oht50.metrics.source.scrape;

import java.io.IOException;

/** An answer of more bytes than its job allows. */
final class PageTooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient byte[] beginning;

  PageTooLarge(int limit, byte[] beginning) {
    super("more than " + limit + " bytes");
    this.beginning = beginning;
  }

  /** What was read of it. */
  byte[] beginning() {
    return beginning;
  }
}
