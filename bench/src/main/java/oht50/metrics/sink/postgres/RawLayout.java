package oht50.metrics.sink.postgres;

import java.sql.SQLException;
import java.util.List;

/** A way to lay out raw points, and a writer for it. */
interface RawLayout {
  String name();

  /** The tables, with schema. */
  List<String> tables();

  /** Statements that make empty tables anew. */
  String definition();

  /** How many points are visible when all is done. */
  String count();

  RawWriter open(PostgresConnection connection, RawFeed feed) throws SQLException;

  /** How long after the last second of a feed something is still to be done. */
  int restSeconds();

  /**
   * Writes seconds {@code [from, to)} of a feed, and what comes late within them. Behind the feed's
   * last second there is only what comes late.
   */
  interface RawWriter extends AutoCloseable {
    void write(int from, int to) throws Exception;

    /** Of the time that writing took, what was spent on parts of it, s. */
    default String spent() {
      return "";
    }

    @Override
    void close();
  }
}
