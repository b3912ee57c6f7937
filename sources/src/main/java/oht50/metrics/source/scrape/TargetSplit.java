package oht50.metrics.source.scrape;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import oht50.metrics.model.Labels;
import oht50.metrics.source.exposition.ExpositionLimits;
import oht50.metrics.wire.Primitives;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A target that a reader has.
 *
 * @param ended whether it is a target no longer: its series are to be ended, once, and then the
 *     reader forgets it
 */
record TargetSplit(Target target, boolean ended) implements SourceSplit {
  @Override
  public String splitId() {
    return target.id();
  }

  /**
   * Form, version 2: ended (1 byte), job, scheme, host (texts), port (4 bytes), path (text),
   * labels, interval, timeout (8 bytes each, ms), honor labels, honor timestamps (1 byte each),
   * limits of body, samples, labels, name and value (4 bytes each). Version 1 has no job: it is the
   * label.
   */
  static final class Serializer implements SimpleVersionedSerializer<TargetSplit> {
    @Override
    public int getVersion() {
      return 2;
    }

    @Override
    public byte[] serialize(TargetSplit split) throws IOException {
      Target target = split.target;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeBoolean(split.ended);
      Primitives.writeText(target.job(), out);
      Primitives.writeText(target.scheme(), out);
      Primitives.writeText(target.host(), out);
      out.writeInt(target.port());
      Primitives.writeText(target.path(), out);
      Primitives.writeLabels(target.labels(), out);
      out.writeLong(target.intervalMillis());
      out.writeLong(target.timeoutMillis());
      out.writeBoolean(target.honorLabels());
      out.writeBoolean(target.honorTimestamps());
      out.writeInt(target.limits().bodyBytes());
      out.writeInt(target.limits().text().samples());
      out.writeInt(target.limits().text().labels());
      out.writeInt(target.limits().text().nameLength());
      out.writeInt(target.limits().text().valueLength());
      return bytes.toByteArray();
    }

    @Override
    public TargetSplit deserialize(int version, byte[] bytes) throws IOException {
      if (version != 1 && version != 2) {
        throw new IOException("split of version " + version + ", versions 1 and 2 are known");
      }
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      boolean ended = in.readBoolean();
      String job = version == 1 ? null : Primitives.readText(in);
      String scheme = Primitives.readText(in);
      String host = Primitives.readText(in);
      int port = in.readInt();
      String path = Primitives.readText(in);
      Labels labels = Primitives.readLabels(in);
      return new TargetSplit(
          new Target(
              job == null ? labels.get("job") : job,
              scheme,
              host,
              port,
              path,
              labels,
              in.readLong(),
              in.readLong(),
              in.readBoolean(),
              in.readBoolean(),
              new ScrapeLimits(
                  in.readInt(),
                  new ExpositionLimits(in.readInt(), in.readInt(), in.readInt(), in.readInt()))),
          ended);
    }
  }
}
