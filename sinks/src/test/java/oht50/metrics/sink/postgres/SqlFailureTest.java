package oht50.metrics.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {
  @ParameterizedTest
  @CsvSource({
    "08006, OUTAGE", // connection failure
    "08001, OUTAGE", // cannot connect
    "57P01, OUTAGE", // shutdown by an administrator
    "57P03, OUTAGE", // still starting
    "53300, OUTAGE", // too many connections
    "53100, OUTAGE", // disk full
    "40P01, OUTAGE", // deadlock
    "40001, OUTAGE", // serialization
    "25006, OUTAGE", // became a replica
    "25P03, OUTAGE", // slept within a transaction
    "22021, REFUSED", // NUL in text
    "22008, REFUSED", // timestamp out of range
    "23514, REFUSED", // check constraint
    "54000, REFUSED", // index entry too long
    "42P01, BROKEN", // no such table
    "42501, BROKEN", // no permission
    "57014, BROKEN", // query cancelled
    "28P01, BROKEN", // wrong password
  })
  void everyStateCallsForSomething(String state, SqlFailure expected) {
    assertThat(SqlFailure.of(new SQLException("", state))).isEqualTo(expected);
  }

  @Test
  void failureWithoutAStateIsBroken() {
    assertThat(SqlFailure.of(new SQLException("no state"))).isEqualTo(SqlFailure.BROKEN);
  }

  @Test
  void stateAndMessageOfABatchAreThoseOfItsRow() {
    BatchUpdateException batch = new BatchUpdateException("batch entry 3 ...", new int[0]);
    batch.setNextException(new SQLException("value too long\nDetail: ...", "22001"));

    assertThat(SqlFailure.of(batch)).isEqualTo(SqlFailure.REFUSED);
    assertThat(SqlFailure.message(batch)).isEqualTo("value too long");
  }
}
