package oht50.metrics.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/**
 * Open transactions of a broker. One that nobody will end any more holds up every reader of
 * committed records behind it until its timeout.
 */
public final class Transactions {
  /** What the job's transactions are called: the consumer group of job.yaml and this. */
  public static final String OF_THE_JOB = "oht50-metrics-alerts";

  private static final Set<TransactionState> OPEN =
      Set.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT,
          TransactionState.PREPARE_EPOCH_FENCE);

  private final Admin admin;

  public Transactions(Admin admin) {
    this.admin = admin;
  }

  /**
   * An open transaction.
   *
   * @param startedAt null before its first record
   * @param partitions topic-partition that it has written to
   */
  public record Open(
      String id, String state, Instant startedAt, Duration timeout, List<String> partitions) {}

  /** Those whose id begins with the prefix, by id. */
  public List<Open> open(String prefix) throws InterruptedException, ExecutionException {
    List<String> ids = new ArrayList<>();
    for (TransactionListing listing :
        admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all().get()) {
      if (listing.transactionalId().startsWith(prefix)) {
        ids.add(listing.transactionalId());
      }
    }
    List<Open> open = new ArrayList<>();
    for (Map.Entry<String, TransactionDescription> each :
        admin.describeTransactions(ids).all().get().entrySet()) {
      TransactionDescription transaction = each.getValue();
      open.add(
          new Open(
              each.getKey(),
              transaction.state().toString(),
              transaction.transactionStartTimeMs().isPresent()
                  ? Instant.ofEpochMilli(transaction.transactionStartTimeMs().getAsLong())
                  : null,
              Duration.ofMillis(transaction.transactionTimeoutMs()),
              transaction.topicPartitions().stream().map(Object::toString).sorted().toList()));
    }
    open.sort(Comparator.comparing(Open::id));
    return open;
  }

  /** Aborts those whose id begins with the prefix, and fences their producers; returns the ids. */
  public List<String> abort(String prefix) throws InterruptedException, ExecutionException {
    List<String> ids = open(prefix).stream().map(Open::id).toList();
    if (!ids.isEmpty()) {
      admin.fenceProducers(ids).all().get();
    }
    return ids;
  }
}
