package oht50.metrics.ruleplan;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import oht50.metrics.model.Hash64;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.ExprPrinter;
import oht50.metrics.promql.syntax.ExprVisitor;
import oht50.metrics.promql.syntax.Function;
import oht50.metrics.promql.syntax.LabelMatcher;
import oht50.metrics.promql.syntax.MatchOperator;
import oht50.metrics.promql.syntax.Selectors;
import oht50.metrics.promql.syntax.Shift;
import oht50.metrics.promql.syntax.ValueType;
import oht50.metrics.rulefile.AlertingRule;
import oht50.metrics.rulefile.RecordingRule;
import oht50.metrics.rulefile.Rule;

/**
 * A rule over everything in two stages: parts of its expression that can be evaluated where the
 * samples are, and the rest of it over what these say at the same tick.
 *
 * <p>What a part of it says becomes series with one label more, {@link #LABEL}, which selects them
 * and which nothing else ever sees. Whole vectors are handed on and not sums of them, so the rest
 * is evaluated of the same numbers in the same order as if nothing had been divided.
 */
public final class Partials implements ExprVisitor<Expr> {
  /** The label of partial results: which one it is. */
  public static final String LABEL = "__partial__";

  private final Rule rule;
  private final Predicate<Expr> isDivisible;
  private final List<RecordingRule> found = new ArrayList<>();

  private Partials(Rule rule, Predicate<Expr> isDivisible) {
    this.rule = rule;
    this.isDivisible = isDivisible;
  }

  /**
   * @param parts what is evaluated in parts, from left to right
   * @param rest the rule with the rest of its expression
   */
  record Divided(List<RecordingRule> parts, Rule rest) {}

  /**
   * @param isDivisible whether a vector can be evaluated in parts
   */
  static Divided of(Rule rule, Predicate<Expr> isDivisible) {
    Partials partials = new Partials(rule, isDivisible);
    Expr rest = partials.divided(rule.expr());
    return new Divided(partials.found, with(rule, rest));
  }

  private static Rule with(Rule rule, Expr expr) {
    if (rule instanceof AlertingRule alert) {
      return new AlertingRule(
          alert.id(),
          alert.name(),
          expr,
          alert.forMillis(),
          alert.keepFiringForMillis(),
          alert.labels(),
          alert.annotations(),
          alert.place());
    }
    RecordingRule recording = (RecordingRule) rule;
    return new RecordingRule(
        recording.id(), recording.name(), expr, recording.labels(), recording.place());
  }

  /** Whether a series is a partial result. */
  public static boolean isPartial(Labels series) {
    return series.get(LABEL) != null;
  }

  /** Whether a selector takes in a series: partial results only where they are asked for. */
  public static boolean meets(List<LabelMatcher> matchers, Labels series) {
    boolean isAskedFor = !isPartial(series);
    for (LabelMatcher matcher : matchers) {
      if (!matcher.matches(series.get(matcher.name()))) {
        return false;
      }
      isAskedFor |= matcher.name().equals(LABEL);
    }
    return isAskedFor;
  }

  /** Whether a selector asks for partial results. */
  public static boolean areSelected(List<LabelMatcher> matchers) {
    return matchers.stream().anyMatch(matcher -> matcher.name().equals(LABEL));
  }

  /** The series as an expression sees it. */
  public static Labels seen(Labels series) {
    return isPartial(series) ? series.without(List.of(LABEL)) : series;
  }

  private Expr divided(Expr expr) {
    boolean isPart =
        expr.type() == ValueType.VECTOR && !Selectors.of(expr).isEmpty() && isDivisible.test(expr);
    return isPart ? partial(expr) : expr.accept(this);
  }

  private Expr partial(Expr expr) {
    // By what it says: with other rules around it, a rule may be divided otherwise.
    long id = Hash64.id("partial\n" + rule.id() + "\n" + ExprPrinter.print(expr));
    String value = Hash64.toHex(id);
    TreeMap<String, String> labels = new TreeMap<>();
    labels.put(LABEL, value);
    if (found.stream().noneMatch(part -> part.id() == id)) {
      found.add(new RecordingRule(id, rule.name(), expr, labels, rule.place()));
    }
    return new Expr.VectorSelector(
        expr.place(),
        null,
        List.of(LabelMatcher.of(LABEL, MatchOperator.EQUAL, value)),
        Shift.NONE);
  }

  @Override
  public Expr number(Expr.Number number) {
    return number;
  }

  @Override
  public Expr text(Expr.Text text) {
    return text;
  }

  @Override
  public Expr vectorSelector(Expr.VectorSelector selector) {
    return selector;
  }

  @Override
  public Expr matrixSelector(Expr.MatrixSelector matrix) {
    return matrix;
  }

  @Override
  public Expr subquery(Expr.Subquery subquery) {
    return subquery; // it is evaluated at other times than the ticks of the rule
  }

  @Override
  public Expr parenthesized(Expr.Parenthesized parenthesized) {
    return new Expr.Parenthesized(parenthesized.place(), divided(parenthesized.expr()));
  }

  @Override
  public Expr unary(Expr.Unary unary) {
    return new Expr.Unary(unary.place(), unary.isNegation(), divided(unary.expr()));
  }

  @Override
  public Expr binary(Expr.Binary binary) {
    return new Expr.Binary(
        binary.place(),
        binary.operator(),
        divided(binary.left()),
        divided(binary.right()),
        binary.isBool(),
        binary.matching());
  }

  @Override
  public Expr aggregation(Expr.Aggregation aggregation) {
    Expr parameter = aggregation.parameter();
    return new Expr.Aggregation(
        aggregation.place(),
        aggregation.operator(),
        parameter == null ? null : divided(parameter),
        divided(aggregation.expr()),
        aggregation.isWithout(),
        aggregation.labels());
  }

  @Override
  public Expr call(Expr.Call call) {
    List<Expr> arguments =
        call.function() == Function.ABSENT
            ? List.of(ofAbsent(call.arguments().get(0)))
            : call.arguments().stream().map(this::divided).toList();
    return new Expr.Call(call.place(), call.function(), arguments);
  }

  /** The labels of its result are read from the conditions of a selector, if it is one. */
  private Expr ofAbsent(Expr argument) {
    if (argument.unwrapped() instanceof Expr.VectorSelector) {
      return argument;
    }
    Expr divided = divided(argument);
    return divided instanceof Expr.VectorSelector
        ? new Expr.Unary(argument.place(), false, divided)
        : divided;
  }
}
