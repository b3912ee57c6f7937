package oht50.metrics.promql.eval;

/** What a function makes of each sample alone. */
interface ElementFunction {
  /**
   * @param first the first scalar behind the vector, 1 if there is none
   * @param second the second one, 1 if there is none
   */
  double apply(double value, double first, double second);
}
