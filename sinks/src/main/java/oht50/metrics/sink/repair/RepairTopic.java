package oht50.metrics.sink.repair;

import java.util.List;
import java.util.concurrent.ExecutionException;

/** Where answers go. */
interface RepairTopic extends AutoCloseable {
  /** A record. */
  record Message(byte[] key, byte[] value) {}

  /** Returns when readers of committed records see all of them; all or none. */
  void send(List<Message> messages) throws ExecutionException, InterruptedException;

  @Override
  void close();
}
