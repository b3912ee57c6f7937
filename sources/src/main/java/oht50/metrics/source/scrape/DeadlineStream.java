package oht50.metrics.source.scrape;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.LongSupplier;

/** Reads until a time, however slowly the bytes drip. */
final class DeadlineStream extends FilterInputStream {
  private final Socket socket;
  private final long deadline;
  private final LongSupplier nanoClock;

  DeadlineStream(InputStream in, Socket socket, long deadline, LongSupplier nanoClock) {
    super(in);
    this.socket = socket;
    this.deadline = deadline;
    this.nanoClock = nanoClock;
  }

  @Override
  public int read() throws IOException {
    awaitNoLonger();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    awaitNoLonger();
    return super.read(bytes, from, length);
  }

  private void awaitNoLonger() throws IOException {
    if (deadline - nanoClock.getAsLong() <= 0) {
      throw new SocketTimeoutException("not answered in time");
    }
    socket.setSoTimeout(PageClient.millisUntil(deadline, nanoClock));
  }
}
