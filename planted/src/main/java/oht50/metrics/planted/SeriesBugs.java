package oht50.metrics.planted;

import net.bytebuddy.asm.Advice;

/** Bugs of the series operator. */
final class SeriesBugs {
  private SeriesBugs() {}

  /** The method does nothing. */
  static final class Skipped {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter() {
      return true;
    }
  }

  /** The method answers the opposite. */
  static final class Negated {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = !answer;
    }
  }
}
