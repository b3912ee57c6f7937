package oht50.metrics.promql.syntax;

import java.util.ArrayList;
import java.util.List;

/** The series that an expression looks at. */
public final class Selectors extends ExprWalk {
  private final List<Expr.VectorSelector> found = new ArrayList<>();

  private Selectors() {}

  /** All selectors, from left to right. */
  public static List<Expr.VectorSelector> of(Expr expr) {
    Selectors selectors = new Selectors();
    expr.accept(selectors);
    return selectors.found;
  }

  @Override
  public Void vectorSelector(Expr.VectorSelector selector) {
    found.add(selector);
    return null;
  }
}
