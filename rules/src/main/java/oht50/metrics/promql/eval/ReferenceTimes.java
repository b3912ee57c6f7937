package oht50.metrics.promql.eval;

import oht50.metrics.promql.syntax.Shift;

/** The time that a selector looks back from at each tick; it never falls from one to the next. */
final class ReferenceTimes {
  private final Ticks ticks;
  private final boolean isFixed;
  private final long fixed;
  private final long offset;

  /**
   * @param query the ticks of the whole query, for {@code start()} and {@code end()}
   */
  ReferenceTimes(Shift shift, Ticks ticks, Ticks query) {
    this.ticks = ticks;
    this.offset = shift.offsetMillis();
    this.isFixed = shift.anchor().kind() != Shift.Kind.TICK;
    this.fixed =
        switch (shift.anchor().kind()) {
          case TICK -> 0;
          case START -> query.first();
          case END -> query.last();
          case TIME -> shift.anchor().millis();
        };
  }

  long at(int tick) {
    return (isFixed ? fixed : ticks.at(tick)) - offset;
  }

  long first() {
    return at(0);
  }

  long last() {
    return at(ticks.count() - 1);
  }
}
