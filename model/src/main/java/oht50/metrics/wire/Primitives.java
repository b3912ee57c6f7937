package oht50.metrics.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import oht50.metrics.model.Labels;
import oht50.metrics.model.Position;

/**
 * The forms shared by all codecs.
 *
 * <ul>
 *   <li>count: unsigned LEB128, 1 to 5 bytes
 *   <li>text: count of UTF-8 bytes + 1, then the bytes; 0 is null
 *   <li>arrays: count, then the elements, big-endian
 * </ul>
 */
public final class Primitives {
  // Arrays go as one write: a stream's own writeLong costs several times as much.
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Primitives() {}

  public static void writeCount(int count, DataOutput out) throws IOException {
    int rest = count;
    while ((rest & ~0x7f) != 0) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  /** Counts one after the other, behind their number. */
  public static void writeCounts(int[] counts, DataOutput out) throws IOException {
    byte[] bytes = new byte[5 * counts.length];
    int end = 0;
    for (int count : counts) {
      int rest = count;
      while ((rest & ~0x7f) != 0) {
        bytes[end++] = (byte) ((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      bytes[end++] = (byte) rest;
    }
    writeCount(counts.length, out);
    out.write(bytes, 0, end);
  }

  public static int[] readCounts(DataInput in) throws IOException {
    int[] counts = new int[readCount(in)];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = readCount(in);
    }
    return counts;
  }

  public static int readCount(DataInput in) throws IOException {
    int count = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte b = in.readByte();
      count |= (b & 0x7f) << shift;
      if (b >= 0) {
        return count;
      }
    }
    throw new IOException("a count of more than five bytes");
  }

  public static void writeText(String text, DataOutput out) throws IOException {
    if (text == null) {
      out.writeByte(0);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeCount(bytes.length + 1, out);
    out.write(bytes);
  }

  public static String readText(DataInput in) throws IOException {
    int count = readCount(in);
    if (count == 0) {
      return null;
    }
    byte[] bytes = new byte[count - 1];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public static void writeLongs(long[] values, DataOutput out) throws IOException {
    writeCount(values.length, out);
    byte[] bytes = new byte[values.length * Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      LONG.set(bytes, i * Long.BYTES, values[i]);
    }
    out.write(bytes);
  }

  public static long[] readLongs(DataInput in) throws IOException {
    long[] values = new long[readCount(in)];
    byte[] bytes = new byte[values.length * Long.BYTES];
    in.readFully(bytes);
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) LONG.get(bytes, i * Long.BYTES);
    }
    return values;
  }

  public static void writeInts(int[] values, DataOutput out) throws IOException {
    writeCount(values.length, out);
    for (int value : values) {
      out.writeInt(value);
    }
  }

  public static int[] readInts(DataInput in) throws IOException {
    int[] values = new int[readCount(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readInt();
    }
    return values;
  }

  /** Bits travel as they are, so a stale marker stays one. */
  public static void writeDoubles(double[] values, DataOutput out) throws IOException {
    writeCount(values.length, out);
    byte[] bytes = new byte[values.length * Long.BYTES];
    for (int i = 0; i < values.length; i++) {
      LONG.set(bytes, i * Long.BYTES, Double.doubleToRawLongBits(values[i]));
    }
    out.write(bytes);
  }

  public static double[] readDoubles(DataInput in) throws IOException {
    double[] values = new double[readCount(in)];
    byte[] bytes = new byte[values.length * Long.BYTES];
    in.readFully(bytes);
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble((long) LONG.get(bytes, i * Long.BYTES));
    }
    return values;
  }

  public static void writeDouble(double value, DataOutput out) throws IOException {
    out.writeLong(Double.doubleToRawLongBits(value));
  }

  public static double readDouble(DataInput in) throws IOException {
    return Double.longBitsToDouble(in.readLong());
  }

  public static void writeLabels(Labels labels, DataOutput out) throws IOException {
    writeCount(labels.size(), out);
    for (var label : labels.toMap().entrySet()) {
      writeText(label.getKey(), out);
      writeText(label.getValue(), out);
    }
  }

  public static Labels readLabels(DataInput in) throws IOException {
    int size = readCount(in);
    TreeMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      String name = readText(in);
      labels.put(name, readText(in));
    }
    return Labels.of(labels);
  }

  static void writePosition(Position position, DataOutput out) throws IOException {
    writeText(position.topic(), out);
    out.writeInt(position.partition());
    out.writeLong(position.offset());
  }

  static Position readPosition(DataInput in) throws IOException {
    return new Position(readText(in), in.readInt(), in.readLong());
  }

  /** A count, and the elements in the current version of their form. */
  public static <T> void writeAll(List<T> elements, Codec<T> codec, DataOutput out)
      throws IOException {
    writeCount(elements.size(), out);
    for (T element : elements) {
      codec.write(element, out);
    }
  }

  public static <T> List<T> readAll(Codec<T> codec, DataInput in) throws IOException {
    int size = readCount(in);
    List<T> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(codec.read(codec.version(), in));
    }
    return elements;
  }
}
