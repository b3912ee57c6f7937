package oht50.metrics.promql.syntax;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import oht50.metrics.time.Durations;

/** Trees to text, in one line; parsing it gives the same tree. */
public final class ExprPrinter implements ExprVisitor<StringBuilder> {
  private final StringBuilder out = new StringBuilder();

  private ExprPrinter() {}

  public static String print(Expr expr) {
    return expr.accept(new ExprPrinter()).toString();
  }

  @Override
  public StringBuilder number(Expr.Number number) {
    // A sign before it would be another operator where the next one binds tighter than a sign.
    boolean isInfinite = number.value() == Double.POSITIVE_INFINITY;
    return out.append(isInfinite ? "Inf" : Numbers.print(number.value()));
  }

  @Override
  public StringBuilder text(Expr.Text text) {
    return out.append(Quoting.quote(text.value()));
  }

  @Override
  public StringBuilder vectorSelector(Expr.VectorSelector selector) {
    printSeries(selector);
    return printShift(selector.shift());
  }

  private void printSeries(Expr.VectorSelector selector) {
    if (selector.metric() != null) {
      out.append(selector.metric());
    }
    if (selector.metric() == null || !selector.conditions().isEmpty()) {
      out.append('{');
      printAll(selector.conditions());
      out.append('}');
    }
  }

  private StringBuilder printShift(Shift shift) {
    switch (shift.anchor().kind()) {
      case TICK -> {
        // Nothing is said of it.
      }
      case START -> out.append(" @ start()");
      case END -> out.append(" @ end()");
      case TIME ->
          out.append(" @ ").append(BigDecimal.valueOf(shift.anchor().millis(), 3).toPlainString());
    }
    if (shift.offsetMillis() != 0) {
      out.append(" offset ").append(shift.offsetMillis() < 0 ? "-" : "");
      printDuration(Math.abs(shift.offsetMillis()));
    }
    return out;
  }

  private void printDuration(long millis) {
    out.append(Durations.print(Duration.ofMillis(millis)));
  }

  @Override
  public StringBuilder matrixSelector(Expr.MatrixSelector selector) {
    printSeries(selector.selector());
    out.append('[');
    printDuration(selector.rangeMillis());
    out.append(']');
    return printShift(selector.selector().shift());
  }

  @Override
  public StringBuilder subquery(Expr.Subquery subquery) {
    subquery.expr().accept(this);
    out.append('[');
    printDuration(subquery.rangeMillis());
    out.append(':');
    if (subquery.stepMillis() != 0) {
      printDuration(subquery.stepMillis());
    }
    out.append(']');
    return printShift(subquery.shift());
  }

  @Override
  public StringBuilder parenthesized(Expr.Parenthesized parenthesized) {
    out.append('(');
    parenthesized.expr().accept(this);
    return out.append(')');
  }

  @Override
  public StringBuilder unary(Expr.Unary unary) {
    out.append(unary.isNegation() ? '-' : '+');
    return unary.expr().accept(this);
  }

  @Override
  public StringBuilder binary(Expr.Binary binary) {
    binary.left().accept(this);
    out.append(' ').append(binary.operator()).append(binary.isBool() ? " bool " : " ");
    printMatching(binary.matching());
    return binary.right().accept(this);
  }

  private void printMatching(Matching matching) {
    if (matching.equals(Matching.ALL_LABELS)) {
      return;
    }
    out.append(matching.isOn() ? "on (" : "ignoring (");
    printLabels(matching.labels());
    out.append(") ");
    if (matching.cardinality() != Matching.Cardinality.ONE_TO_ONE) {
      boolean isLeft = matching.cardinality() == Matching.Cardinality.MANY_TO_ONE;
      out.append(isLeft ? "group_left (" : "group_right (");
      printLabels(matching.included());
      out.append(") ");
    }
  }

  @Override
  public StringBuilder aggregation(Expr.Aggregation aggregation) {
    out.append(aggregation.operator()).append(' ');
    if (aggregation.isWithout() || !aggregation.labels().isEmpty()) {
      out.append(aggregation.isWithout() ? "without (" : "by (");
      printLabels(aggregation.labels());
      out.append(") ");
    }
    out.append('(');
    if (aggregation.parameter() != null) {
      aggregation.parameter().accept(this);
      out.append(", ");
    }
    aggregation.expr().accept(this);
    return out.append(')');
  }

  @Override
  public StringBuilder call(Expr.Call call) {
    out.append(call.function()).append('(');
    Iterator<Expr> arguments = call.arguments().iterator();
    while (arguments.hasNext()) {
      arguments.next().accept(this);
      out.append(arguments.hasNext() ? ", " : "");
    }
    return out.append(')');
  }

  private void printLabels(List<String> labels) {
    printAll(labels.stream().map(Names::label).toList());
  }

  private void printAll(List<?> parts) {
    String separator = "";
    for (Object part : parts) {
      out.append(separator).append(part);
      separator = ", ";
    }
  }
}
