package oht50.metrics.template;

/** A template that cannot be filled with these data. */
public final class TemplateFailure extends Exception {
  private static final long serialVersionUID = 1L;

  TemplateFailure(String reason) {
    super(reason);
  }
}
