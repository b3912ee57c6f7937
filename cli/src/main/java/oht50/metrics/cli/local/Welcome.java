package oht50.metrics.cli.local;

import oht50.metrics.cli.DataOption;
import oht50.metrics.cli.RunState;

/** What runs where, and three things to try. */
final class Welcome {
  private Welcome() {}

  static String text(RunState state, DataOption data, boolean inFront) {
    String where = data.asArgument();
    return String.join(
        "\n",
        "  Flink UI       " + state.flinkUi(),
        "  Kafka          " + state.bootstrapServers(),
        "  PostgreSQL     " + state.jdbcUrl() + "  (user " + state.jdbcUser() + ")",
        "  password       " + data.folder().passwordFile(),
        "  metrics        " + state.metrics(),
        "  its health     " + String.join("  ", state.prometheus()),
        "  data and logs  " + data.folder().root(),
        "",
        "Try:",
        "  ./oht50 status --wait" + where,
        "  ./oht50 sql \"SELECT * FROM metrics ORDER BY timestamp DESC LIMIT 10\"" + where,
        "  ./oht50 topic oht50.alerts --from-beginning --follow" + where,
        "",
        inFront ? "Ctrl-C stops everything." : "Stop: ./oht50 down" + where);
  }
}
