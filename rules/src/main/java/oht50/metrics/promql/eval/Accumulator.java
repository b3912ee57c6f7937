package oht50.metrics.promql.eval;

import java.util.Arrays;
import oht50.metrics.promql.syntax.AggregationOperator;

/** What the samples of a group at one tick add up to. */
interface Accumulator {
  void add(double value);

  double result();

  /**
   * An accumulator with its first value.
   *
   * @param parameter of the operator, if it has one
   */
  static Accumulator of(AggregationOperator operator, double first, double parameter) {
    return switch (operator) {
      case SUM -> new Sum(first);
      case AVG -> new Average(first);
      case COUNT -> new Count();
      case MIN -> new Extreme(first, -1);
      case MAX -> new Extreme(first, 1);
      case GROUP -> new Group();
      case STDVAR -> new Variance(first, false);
      case STDDEV -> new Variance(first, true);
      case QUANTILE -> new Quantile(first, parameter);
      case TOPK, BOTTOMK, COUNT_VALUES ->
          throw new IllegalArgumentException(operator + " makes more than one value of a group");
    };
  }

  /** Compensated. */
  final class Sum implements Accumulator {
    private final KahanSum sum;

    private Sum(double first) {
      sum = new KahanSum(first);
    }

    @Override
    public void add(double value) {
      sum.add(value);
    }

    @Override
    public double result() {
      return sum.total();
    }
  }

  /** Compensated, and safe from overflow. */
  final class Average implements Accumulator {
    private final MeanSum mean;

    private Average(double first) {
      mean = new MeanSum(first);
    }

    @Override
    public void add(double value) {
      mean.add(value);
    }

    @Override
    public double result() {
      return mean.mean();
    }
  }

  /** How many. */
  final class Count implements Accumulator {
    private double count = 1;

    private Count() {}

    @Override
    public void add(double value) {
      count++;
    }

    @Override
    public double result() {
      return count;
    }
  }

  /** That there is a group. */
  final class Group implements Accumulator {
    private Group() {}

    @Override
    public void add(double value) {
      // One is enough.
    }

    @Override
    public double result() {
      return 1;
    }
  }

  /** The smallest or the largest; NaN only if all are. */
  final class Extreme implements Accumulator {
    private final int sign;
    private double extreme;

    /**
     * @param sign 1 for the largest, -1 for the smallest
     */
    private Extreme(double first, int sign) {
      this.extreme = first;
      this.sign = sign;
    }

    @Override
    public void add(double value) {
      if (sign * value > sign * extreme || Double.isNaN(extreme)) {
        extreme = value;
      }
    }

    @Override
    public double result() {
      return extreme;
    }
  }

  /** Of the population, by Welford's algorithm; NaN when the first value is not finite. */
  final class Variance implements Accumulator {
    private final boolean isRoot;
    private double count = 1;
    private double mean;
    private double squares;

    /**
     * @param isRoot whether the result is the standard deviation
     */
    private Variance(double first, boolean isRoot) {
      this.isRoot = isRoot;
      this.mean = first;
      this.squares = Double.isNaN(first) || Double.isInfinite(first) ? Double.NaN : 0;
    }

    @Override
    public void add(double value) {
      count++;
      double distance = value - mean;
      mean += distance / count;
      squares += distance * (value - mean);
    }

    @Override
    public double result() {
      double variance = squares / count;
      return isRoot ? Math.sqrt(variance) : variance;
    }
  }

  /** Keeps all values. */
  final class Quantile implements Accumulator {
    private final double quantile;
    private double[] values = new double[8];
    private int count;

    private Quantile(double first, double quantile) {
      this.quantile = quantile;
      add(first);
    }

    @Override
    public void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    @Override
    public double result() {
      return Quantiles.quantile(quantile, values, count);
    }
  }
}
