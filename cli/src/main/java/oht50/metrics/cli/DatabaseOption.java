package oht50.metrics.cli;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import picocli.CommandLine.Option;

/** Which database: the one named, else that of the running instance. */
final class DatabaseOption {
  @Option(
      names = "--jdbc-url",
      paramLabel = "URL",
      description =
          "Another database than that of the running instance, with user and password:"
              + " jdbc:postgresql://HOST:PORT/DB?user=U&password=P")
  private String jdbcUrl;

  String url(DataOption data) {
    return jdbcUrl != null ? jdbcUrl : withCredentials(data.running(), data.folder());
  }

  /** The URL as a program can use it. */
  static String withCredentials(RunState state, DataFolder folder) {
    return state.jdbcUrl()
        + "?user="
        + state.jdbcUser()
        + "&password="
        + Password.read(folder.passwordFile());
  }

  static Connection connect(String url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("ApplicationName", "oht50-cli");
    return DriverManager.getConnection(url, properties);
  }

  /** For messages: without what follows the question mark, where the password is. */
  static String shown(String url) {
    int parameters = url.indexOf('?');
    return parameters < 0 ? url : url.substring(0, parameters);
  }
}
