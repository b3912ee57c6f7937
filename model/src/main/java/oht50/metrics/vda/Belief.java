package oht50.metrics.vda;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How a robot stands by all its states up to an instant.
 *
 * @param state with what was said last of each part
 * @param isCancelled whether an action cancels the order that is open
 */
record Belief(RobotState state, boolean isCancelled) {
  /** Before the first state. */
  static final Belief NOTHING =
      new Belief(new RobotState(EmergencyStop.UNKNOWN, null, null, null), false);

  static void write(Belief belief, DataOutput out) throws IOException {
    RobotState.write(belief.state, out);
    out.writeBoolean(belief.isCancelled);
  }

  static Belief read(DataInput in) throws IOException {
    return new Belief(RobotState.read(in), in.readBoolean());
  }
}
