package oht50.metrics.source.kafka;

/**
 * The constants that the backend of October 2025 answers with while the firmware is away. They are
 * no measurement: a block that consists of them is rejected with {@code NO_DATA}.
 *
 * <p>A decoder sees one message, so it judges only one that has all of them: a healthy battery
 * passes each single value now and then. That a single value stands still for hours is for a rule
 * over the series.
 */
final class StandInValues {
  private StandInValues() {}

  /** Battery of a firmware that does not answer; NaN where the message does not say. */
  static boolean isBattery(double percent, double volts, double amperes, double celsius) {
    return percent == 87 && volts == 24.5 && amperes == 2.3 && celsius == 35.2;
  }

  /** Motor of the mock mode. */
  static boolean isMotor(double rpm, double celsius) {
    return rpm == 1500 && celsius == 45.5;
  }
}
