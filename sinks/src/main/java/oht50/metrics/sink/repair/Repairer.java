package oht50.metrics.sink.repair;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import oht50.metrics.sink.postgres.RepairLedger;
import oht50.metrics.sink.postgres.RepairLedger.Moment;

/**
 * Answers {@code repair_windows}. In rounds, by one thread: what is stored around the windows goes
 * to a topic of the job, whose series operator alone computes and writes rollups. A window of which
 * not all is known to be stored is a question first, how far the state of its series reaches back;
 * the operator answers with a new request.
 *
 * <p>Sent first and deleted afterwards, and only what is still asked for as it was read: a crash in
 * between sends again, and what is computed of it is the same.
 */
public final class Repairer implements AutoCloseable {
  private final RepairSettings settings;
  private final RepairLedger ledger;
  private final RepairTopic topic;
  private final Ripeness ripeness = new Ripeness();

  public Repairer(RepairSettings settings) {
    this(settings, new RepairLedger(settings.postgres()), new KafkaRepairTopic(settings));
  }

  Repairer(RepairSettings settings, RepairLedger ledger, RepairTopic topic) {
    this.settings = settings;
    this.ledger = ledger;
    this.topic = topic;
  }

  /**
   * One round. After a failure this one is to be closed.
   *
   * @param begun the newest checkpoint that the caller's source is a part of, negative if none
   * @param completed the newest that the source was told to have completed, negative if none
   */
  public Repaired round(LongSupplier begun, LongSupplier completed)
      throws SQLException, ExecutionException, InterruptedException {
    Moment moment = ledger.moment();
    // The order is the proof: what begins after this was not yet running at the moment.
    ripeness.look(moment, begun.getAsLong(), completed.getAsLong());
    if (ripeness.until() == null) {
      return Repaired.NOTHING;
    }
    Answers answers =
        ledger.inSnapshot(
            () -> {
              Answers found = new Answers(ledger, settings);
              ledger
                  .requests(
                      ripeness.since(),
                      ripeness.until(),
                      settings.askAgain(),
                      settings.maxRequests())
                  .forEach(found::take);
              found.read();
              return found;
            });
    if (!answers.messages().isEmpty()) {
      topic.send(answers.messages());
    }
    if (!answers.isEmpty()) {
      ledger.settle(answers.done(), answers.asked(), answers.rejects());
    }
    return answers.counts();
  }

  @Override
  public void close() {
    topic.close();
    ledger.close();
  }
}
