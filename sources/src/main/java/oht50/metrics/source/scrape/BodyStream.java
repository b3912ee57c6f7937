package oht50.metrics.source.scrape;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** A body of known length, or in chunks; one that ends early is an error, not an end. */
final class BodyStream extends InputStream {
  static final long CHUNKED = -1;

  private static final int MAX_CHUNK_HEAD = 1024;

  private final InputStream in;
  private final boolean chunked;

  private long left; // of the body, or of the chunk
  private boolean begun;
  private boolean ended;

  /**
   * @param length bytes, or {@link #CHUNKED}
   */
  BodyStream(InputStream in, long length) {
    this.in = in;
    this.chunked = length == CHUNKED;
    this.left = chunked ? 0 : length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0 && chunked && !ended) {
      nextChunk();
    }
    if (left == 0) {
      return -1;
    }
    int read = in.read(bytes, from, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("the answer ends early");
    }
    left -= read;
    return read;
  }

  private void nextChunk() throws IOException {
    int[] bytesLeft = {MAX_CHUNK_HEAD};
    if (begun && !ResponseHead.line(in, bytesLeft).isEmpty()) {
      throw new IOException("answered with a chunk longer than it says");
    }
    begun = true;
    String head = ResponseHead.line(in, bytesLeft);
    int extension = head.indexOf(';');
    String size = (extension < 0 ? head : head.substring(0, extension)).strip();
    try {
      left = Long.parseLong(size, 16);
    } catch (NumberFormatException e) {
      throw new IOException("answered with a chunk of size '" + size + "'", e);
    }
    if (left < 0) {
      throw new IOException("answered with a chunk of size '" + size + "'");
    }
    ended = left == 0; // what follows are trailers, of which nothing is needed
  }
}
