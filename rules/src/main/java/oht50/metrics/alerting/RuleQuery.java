package oht50.metrics.alerting;

import java.util.List;
import oht50.metrics.model.Labels;
import oht50.metrics.promql.eval.EvaluationFailure;
import oht50.metrics.promql.eval.Evaluator;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.promql.syntax.Expr;
import oht50.metrics.promql.syntax.InvalidExpression;
import oht50.metrics.promql.syntax.Parser;
import oht50.metrics.template.Querier;
import oht50.metrics.template.TemplateFailure;

/** What the expressions of rules, and of their templates, say at a time. */
public final class RuleQuery {
  private RuleQuery() {}

  /**
   * The samples of a rule's expression; a scalar is one without labels.
   *
   * @param time in milliseconds since the epoch
   * @throws RuleFailure if it has no value
   */
  public static List<QueryResult.Sample> samples(Evaluator evaluator, Expr expr, long time)
      throws RuleFailure {
    try {
      return evaluated(evaluator, expr, time);
    } catch (EvaluationFailure e) {
      throw new RuleFailure(e);
    }
  }

  /** Answers queries of templates at a tick. */
  public static Querier querier(Evaluator evaluator, long tick) {
    return text -> answer(evaluator, text, tick);
  }

  private static List<QueryResult.Sample> answer(Evaluator evaluator, String text, long tick)
      throws TemplateFailure {
    try {
      return evaluated(evaluator, Parser.parse(text), tick);
    } catch (InvalidExpression | EvaluationFailure e) {
      throw Querier.failure("error calling query: " + e.getMessage());
    }
  }

  private static List<QueryResult.Sample> evaluated(Evaluator evaluator, Expr expr, long time) {
    QueryResult result = evaluator.instant(expr, time);
    if (result instanceof QueryResult.Vector vector) {
      return vector.samples();
    }
    if (result instanceof QueryResult.Scalar scalar) {
      return List.of(new QueryResult.Sample(Labels.EMPTY, scalar.value()));
    }
    throw EvaluationFailure.noSamples();
  }
}
