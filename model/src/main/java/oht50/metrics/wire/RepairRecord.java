package oht50.metrics.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import oht50.metrics.model.Backfill;

/**
 * A record of the topic of repairs. Key: {@link Backfill#key()} as decimal text. Value: version of
 * the form (1 byte), CRC-32C of what follows (4 bytes), the form of {@link BackfillCodec}. The
 * checksum keeps foreign bytes from being taken for counts of a gigabyte.
 */
public final class RepairRecord {
  /** Largest value that is sent; the topic takes a MiB more. */
  public static final int MAX_BYTES = 15 << 20;

  private static final int HEADER_BYTES = 5;
  private static final BackfillCodec CODEC = new BackfillCodec();

  private RepairRecord() {}

  public static byte[] key(Backfill backfill) {
    return Long.toString(backfill.key()).getBytes(StandardCharsets.US_ASCII);
  }

  public static byte[] value(Backfill backfill) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      CODEC.write(backfill, out);
      byte[] form = bytes.toByteArray();
      bytes.reset();
      out.writeByte(CODEC.version());
      out.writeInt(checksum(form, 0));
      out.write(form);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of an array
    }
    return bytes.toByteArray();
  }

  /** Whether the value is of a version that can be read here. */
  public static boolean isKnown(byte[] value) {
    return value.length > 0 && value[0] >= 1 && value[0] <= CODEC.version();
  }

  /**
   * @throws IOException when the value is damaged, or was something else from the start
   */
  public static Backfill read(byte[] value) throws IOException {
    if (!isKnown(value)) {
      throw new IOException("a repair of no known version");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
      int version = in.readByte();
      if (in.readInt() != checksum(value, HEADER_BYTES)) {
        throw new IOException("a repair of " + value.length + " bytes is damaged");
      }
      return CODEC.read(version, in);
    }
  }

  private static int checksum(byte[] bytes, int from) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, from, bytes.length - from);
    return (int) sum.getValue();
  }
}
