package oht50.metrics.wire;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * The binary form of a type. A reader is told the version that wrote, reads every older one and is
 * never asked for a newer one; enums travel as their stable codes.
 *
 * <p>A form within another has no version of its own in the bytes: who changes it raises the
 * versions of all that contain it, and tells them apart there.
 *
 * @param <T> an immutable type
 */
public interface Codec<T> extends Serializable {
  /** The version that {@link #write} writes; from 1. */
  int version();

  void write(T value, DataOutput out) throws IOException;

  /**
   * @param version the version that wrote, at most {@link #version()}
   */
  T read(int version, DataInput in) throws IOException;

  /** A codec for another thread; one that keeps nothing between calls is its own. */
  default Codec<T> duplicate() {
    return this;
  }
}
