package oht50.metrics.vda;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import oht50.metrics.wire.Codec;
import oht50.metrics.wire.Primitives;

/**
 * What a state message says of safety and of the order, as far as something follows from it.
 * Immutable. What a message does not say, or not readably, is unknown: then what was said before
 * holds.
 *
 * @param isFieldViolated null if unknown
 * @param errors active ones: type -> its highest level; null if unknown
 * @param order null if unknown
 */
public record RobotState(
    EmergencyStop stop,
    Boolean isFieldViolated,
    SortedMap<String, ErrorLevel> errors,
    Order order) {
  /**
   * @param id empty without an order
   * @param isOpen whether nodes, edges or actions are left to be done
   * @param hasFailed whether one of its actions has failed
   * @param cancels ids of the actions that cancel an order, and have not failed at it
   */
  public record Order(String id, boolean isOpen, boolean hasFailed, List<String> cancels) {
    public Order {
      cancels = List.copyOf(cancels);
    }

    boolean exists() {
      return !id.isEmpty();
    }
  }

  private static final byte NO = 0;
  private static final byte YES = 1;
  private static final byte UNKNOWN = 2;

  static void write(RobotState state, DataOutput out) throws IOException {
    out.writeByte(state.stop.code());
    out.writeByte(state.isFieldViolated == null ? UNKNOWN : state.isFieldViolated ? YES : NO);
    writeErrors(state.errors, out);
    out.writeBoolean(state.order != null);
    if (state.order != null) {
      writeOrder(state.order, out);
    }
  }

  static RobotState read(DataInput in) throws IOException {
    EmergencyStop stop = EmergencyStop.ofCode(in.readByte());
    byte field = in.readByte();
    return new RobotState(
        stop,
        field == UNKNOWN ? null : field == YES,
        readErrors(in),
        in.readBoolean() ? readOrder(in) : null);
  }

  private static void writeErrors(SortedMap<String, ErrorLevel> errors, DataOutput out)
      throws IOException {
    out.writeBoolean(errors != null);
    if (errors != null) {
      Primitives.writeCount(errors.size(), out);
      for (Map.Entry<String, ErrorLevel> error : errors.entrySet()) {
        Primitives.writeText(error.getKey(), out);
        out.writeByte(error.getValue().code());
      }
    }
  }

  private static SortedMap<String, ErrorLevel> readErrors(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    SortedMap<String, ErrorLevel> errors = new TreeMap<>();
    int size = Primitives.readCount(in);
    for (int i = 0; i < size; i++) {
      String type = Primitives.readText(in);
      errors.put(type, ErrorLevel.ofCode(in.readByte()));
    }
    return errors;
  }

  private static void writeOrder(Order order, DataOutput out) throws IOException {
    Primitives.writeText(order.id, out);
    out.writeBoolean(order.isOpen);
    out.writeBoolean(order.hasFailed);
    Primitives.writeCount(order.cancels.size(), out);
    for (String action : order.cancels) {
      Primitives.writeText(action, out);
    }
  }

  private static Order readOrder(DataInput in) throws IOException {
    String id = Primitives.readText(in);
    boolean isOpen = in.readBoolean();
    boolean hasFailed = in.readBoolean();
    int size = Primitives.readCount(in);
    List<String> cancels = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      cancels.add(Primitives.readText(in));
    }
    return new Order(id, isOpen, hasFailed, cancels);
  }

  /** Emergency stop, field, errors, order. */
  public static final class BinaryForm implements Codec<RobotState> {
    private static final long serialVersionUID = 1L;

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RobotState state, DataOutput out) throws IOException {
      RobotState.write(state, out);
    }

    @Override
    public RobotState read(int version, DataInput in) throws IOException {
      return RobotState.read(in);
    }
  }
}
