package oht50.metrics.planted;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** Bugs of the series operator and of the counts before it. */
@SuppressWarnings(
    "UnusedVariable") // what advice assigns, the method reads that it becomes a part of
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

  /** The method answers yes. */
  static final class Affirmed {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) boolean answer) {
      answer = true;
    }
  }

  /** Agenda: no minute is dirty after a restore. */
  static final class DirtyMinutesForgotten {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(typing = Typing.DYNAMIC) Object agenda) {
      byte[] flags = (byte[]) Reach.call(agenda, "flags");
      for (int i = 0; i < flags.length; i++) {
        flags[i] = (byte) (flags[i] & ~1);
      }
    }
  }

  /** Agenda: all chunks have been written after a restore. */
  static final class WaitingChunksForgotten {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object agenda) {
      agenda =
          Reach.another(
              agenda,
              Reach.call(agenda, "processed"),
              Reach.call(agenda, "processed"),
              Reach.call(agenda, "nextTick"),
              Reach.call(agenda, "levels"),
              Reach.call(agenda, "starts"),
              Reach.call(agenda, "flags"));
    }
  }

  /** A value that was written is read as none. */
  static final class ReadAsNothing {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object value) {
      value = null;
    }
  }

  /** The clock of the machine, not the watermark, closes a minute. */
  static final class ClockClosesMinutes {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) long watermark) {
      watermark += 60_000;
    }
  }

  /** A correction of a final row leaves as an early one. */
  static final class CorrectionIsEarly {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 5, readOnly = false) boolean isFinal,
        @Advice.Argument(value = 6, typing = Typing.DYNAMIC) Object cause) {
      isFinal = isFinal && cause.toString().equals("ON_TIME");
    }
  }

  /** A minute that was final has no parents. */
  static final class LateMinuteStops {
    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object work,
        @Advice.Return(typing = Typing.DYNAMIC) Object closed) {
      Map<?, ?> minutes = (Map<?, ?>) Reach.field(work, "minutes");
      // A loop, because a lambda would be left behind in this class.
      for (Iterator<?> starts = ((Map<?, ?>) closed).keySet().iterator(); starts.hasNext(); ) {
        if (!(boolean) Reach.field(minutes.get(starts.next()), "becomesFinal")) {
          starts.remove();
        }
      }
    }
  }

  /** Hours and days add up minutes, beside the quarters between. */
  static final class MinutesAddedUp {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Typing.DYNAMIC) Object child,
        @Advice.Argument(value = 1, readOnly = false) long[] held,
        @Advice.Argument(value = 4, typing = Typing.DYNAMIC) Object work) {
      if (child.toString().equals("QUARTER")) {
        child = child.getClass().getEnumConstants()[0];
        held = (long[]) Reach.call(Reach.field(work, "holdings"), "minutes");
      }
    }
  }

  /** Points leave after half of the horizon. */
  static final class HalfTheHorizon {
    @Advice.OnMethodExit
    static void exit(@Advice.FieldValue(value = "horizon", readOnly = false) long horizon) {
      horizon /= 2;
    }
  }

  /** The static calendar(settings, configured, zone) of KeySettings answers the configured one. */
  static final class ConfiguredDays {
    @Advice.OnMethodExit
    static void exit(
        @Advice.AllArguments Object[] arguments,
        @Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object calendar) {
      if (arguments.length == 3 && arguments[1] != null) {
        calendar = arguments[1];
      }
    }
  }

  /** Only withdrawals are published of days that are cut anew. */
  static final class CutDayLost {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(value = 2, typing = Typing.DYNAMIC) Object block) {
      return (int) Reach.call(block, "size") > 0;
    }
  }

  /** A count is what was published before and what there is. */
  static final class CountsAddedUp {
    @Advice.OnMethodExit
    static void exit(
        @Advice.Argument(0) int series,
        @Advice.FieldValue("published") int[] published,
        @Advice.Return(readOnly = false) int count) {
      count += published[series];
    }
  }

  /** Each arrival of a fact is a fact of its own. */
  static final class RepeatsCounted {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) long naturalKey) {
      naturalKey = Numbers.next();
    }
  }

  /** Objects kept beside state are those of the key that came before. */
  static final class KeysConfused {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 1, readOnly = false) Supplier<Object> currentKey) {
      currentKey = new OneForAll();
    }
  }
}
