package oht50.metrics.planted;

import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** Bugs of the sequence operator. */
@SuppressWarnings(
    "UnusedVariable") // what advice assigns, the method reads that it becomes a part of
final class SequenceBugs {
  private SequenceBugs() {}

  /** An event that time has passed is dropped, as flink-cep's own operator does. */
  static final class LateEventDropped {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(
        @Advice.Argument(value = 0, typing = Typing.DYNAMIC) Object event,
        @Advice.Argument(1) long watermark) {
      return (long) Reach.call(event, "timestamp") <= watermark;
    }
  }

  /** What was published of an alert is not known after a restore. */
  static final class IssuedForgotten {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false, typing = Typing.DYNAMIC) Object slice) {
      Object events = Reach.call(Reach.call(slice, "content"), "events");
      slice = Reach.made(slice, "of", events, List.of());
    }
  }

  /** How far the watermark had come is not known after a restore. */
  static final class JudgedUntilForgotten {
    @Advice.OnMethodExit
    static void exit(@Advice.FieldValue(value = "judged", readOnly = false) long judged) {
      judged = Long.MIN_VALUE;
    }
  }
}
