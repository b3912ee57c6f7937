package oht50.metrics.template;

import java.util.List;
import oht50.metrics.promql.eval.QueryResult;

/** Answers the queries of templates at the tick for which they are filled. */
@FunctionalInterface
public interface Querier {
  /**
   * The samples of an expression.
   *
   * @throws TemplateFailure if it is none, or has no value
   */
  List<QueryResult.Sample> query(String expression) throws TemplateFailure;

  /** For templates that have nothing to ask. */
  static Querier none() {
    return expression -> {
      throw new TemplateFailure("there is nothing that answers query()");
    };
  }

  /** A failure of a query, in its own words. */
  static TemplateFailure failure(String reason) {
    return new TemplateFailure(reason);
  }
}
