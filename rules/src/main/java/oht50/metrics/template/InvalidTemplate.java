package oht50.metrics.template;

/** A text that is no template, or one that uses what is left out. */
public final class InvalidTemplate extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  InvalidTemplate(int offset, String reason) {
    super(reason);
    this.offset = offset;
  }

  /** The index in the template's text at which it is so. */
  public int offset() {
    return offset;
  }
}
