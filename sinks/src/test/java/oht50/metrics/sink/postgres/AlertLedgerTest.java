package oht50.metrics.sink.postgres;

import static oht50.metrics.sink.postgres.Samples.firing;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import oht50.metrics.model.AlertTransition;
import oht50.metrics.sink.postgres.AlertLedger.Delivery;
import oht50.metrics.sink.postgres.AlertLedger.Key;
import oht50.metrics.sink.postgres.AlertLedger.Provisional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertLedgerTest {
  private static final String TOPIC = "alerts";

  private Database database;
  private AlertLedger ledger;

  @BeforeEach
  void start() {
    database = Database.empty();
    ledger = new AlertLedger(database.settings());
  }

  @AfterEach
  void stop() {
    ledger.close();
  }

  @Test
  void aTransitionWithoutADeliveryIsReturnedAsItWasStored() throws Exception {
    AlertTransition stored = firing("t1", 2, 1, 7);
    store(stored);

    assertThat(undelivered()).containsExactly(stored);
  }

  @Test
  void aDeliveryIsNotedOnceWithThePositionBehindIt() throws Exception {
    store(firing("t1", 1, 1, 1), firing("t1", 2, 1, 2));
    Delivery delivery = new Delivery(new Key("t1", 1), TOPIC, 3, 41, false);
    ledger.noteDeliveries(TOPIC, List.of(delivery), Map.of(3, 42L));
    ledger.noteDeliveries(
        TOPIC, List.of(new Delivery(new Key("t1", 1), TOPIC, 3, 50, true)), Map.of(3, 51L));

    assertThat(undelivered()).extracting(AlertTransition::turn).containsExactly(2);
    assertThat(ledger.positions(TOPIC)).isEqualTo(Map.of(3, 51L));
    assertThat(ledger.positions("another")).isEmpty();
    assertThat(database.rows("SELECT record_offset, republished FROM alert_deliveries"))
        .containsExactly("41|f");
  }

  /** Kafka may commit a moment before the database does. */
  @Test
  void aDeliverySeenBeforeItsTransitionIsStoredCounts() throws Exception {
    Delivery delivery = new Delivery(new Key("t1", 1), TOPIC, 0, 0, false);
    ledger.noteDeliveries(TOPIC, List.of(delivery), Map.of(0, 1L));
    store(firing("t1", 1, 1, 1));

    assertThat(undelivered()).isEmpty();
  }

  @Test
  void aProvisionalRecordIsConfirmableOnceItsTransitionIsStored() throws Exception {
    Provisional record = new Provisional(new Key("t1", 1), "{}", 1_000);
    ledger.noteProvisional(TOPIC, List.of(record), Map.of(0, 1L));
    assertThat(ledger.confirmable(10)).isEmpty();
    assertThat(ledger.unresolved(10)).containsExactly(record);

    ledger.withdrawn(List.of(record));
    assertThat(ledger.unresolved(10)).isEmpty();

    store(firing("t1", 1, 1, 1));
    assertThat(ledger.confirmable(10)).containsExactly(record);
    ledger.confirmed(List.of(record));
    assertThat(ledger.confirmable(10)).isEmpty();
  }

  @Test
  void whatIsOldIsForgotten() throws Exception {
    ledger.noteDeliveries(
        TOPIC, List.of(new Delivery(new Key("t1", 1), TOPIC, 0, 0, false)), Map.of(0, 1L));
    ledger.forgetBefore(ledger.now().minus(Duration.ofMinutes(1)));
    assertThat(database.rows("SELECT count(*) FROM alert_deliveries")).containsExactly("1");

    ledger.forgetBefore(ledger.now().plus(Duration.ofMinutes(1)));
    assertThat(database.rows("SELECT count(*) FROM alert_deliveries")).containsExactly("0");
  }

  private List<AlertTransition> undelivered() throws SQLException {
    return ledger.undelivered(ledger.now().minus(Duration.ofDays(1)), 10);
  }

  private void store(AlertTransition... transitions) throws Exception {
    Connections connections = new Connections(database.settings());
    new TransitionsTable().write(connections.getOrEstablishConnection(), List.of(transitions));
    connections.closeConnection();
  }
}
