package oht50.metrics.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The roles that {@code sql/roles.sql} makes. */
public final class DatabaseRoles {
  /** Owns all objects; migrates. */
  public static final String OWNER = "oht50_owner";

  /** The job. */
  public static final String WRITER = "oht50_writer";

  /** Reads. */
  public static final String ANALYST = "oht50_analyst";

  private DatabaseRoles() {}

  /**
   * Makes them, and gives the database to the owner; for a superuser in that database, and as often
   * as one likes.
   */
  public static String script() {
    try (InputStream script = DatabaseRoles.class.getResourceAsStream("/db/roles.sql")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
