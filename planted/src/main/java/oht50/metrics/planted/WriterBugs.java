package oht50.metrics.planted;

import java.util.Collection;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;

/** Bugs of sources and sinks. */
@SuppressWarnings(
    "UnusedVariable") // what advice assigns, the method reads that it becomes a part of
final class WriterBugs {
  private WriterBugs() {}

  /** Each SQL text passes here. */
  static final class UnorderedWrites {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
      sql = sql.replace("(excluded.epoch, excluded.seq) > (r.epoch, r.seq)", "true");
    }
  }

  static final class RevisionGuard {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
      sql =
          sql.replace(
              "(excluded.epoch, excluded.seq) > (r.epoch, r.seq)",
              "excluded.revision >= r.revision");
    }
  }

  static final class EarlyOverFinal {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
      sql =
          sql.replace(
              "AND (excluded.is_final OR NOT r.is_final OR excluded.cause = 'definition')", "");
    }
  }

  static final class AnyIncarnation {
    @Advice.OnMethodEnter
    static void enter(@Advice.Argument(value = 0, readOnly = false) String sql) {
      sql =
          sql.replace(
              "AND (excluded.incarnation = r.incarnation OR excluded.cause = 'backfill')", "");
    }
  }

  /** At a checkpoint, where nothing ends. */
  static final class NotFlushed {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(0) boolean endOfInput) {
      return !endOfInput;
    }
  }

  /** No two rows are of one key. */
  static final class NeverEqual {
    @Advice.OnMethodExit
    static void exit(@Advice.Return(readOnly = false) java.util.Comparator<Object> order) {
      order = Sabotage.neverEqual();
    }
  }

  /** -1 is the connector's word for the end of a partition. */
  static final class FromTheEnd {
    @Advice.OnMethodExit
    static void exit(@Advice.Return Map<Object, Long> offsets) {
      for (Map.Entry<Object, Long> offset : offsets.entrySet()) {
        offset.setValue(-1L);
      }
    }
  }

  static final class Throws {
    @Advice.OnMethodEnter
    static void enter() {
      throw new IllegalStateException("planted: bad data");
    }
  }

  static final class AtLeastOnce {
    @Advice.OnMethodEnter
    static void enter(
        @Advice.Argument(value = 0, readOnly = false, typing = Typing.DYNAMIC) Object guarantee) {
      guarantee = Sabotage.constant(guarantee, "AT_LEAST_ONCE");
    }
  }

  static final class FailuresKept {
    @Advice.OnMethodEnter
    static void enter() {
      Sabotage.keep();
    }
  }

  static final class NothingCommitted {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean enter(@Advice.Argument(0) Collection<?> requests) {
      return !requests.isEmpty();
    }
  }
}
