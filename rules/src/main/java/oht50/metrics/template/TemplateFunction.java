package oht50.metrics.template;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The functions of templates and how many arguments they take. Sources: Go's {@code text/template}
 * and Prometheus' documentation, "Template reference".
 */
enum TemplateFunction {
  // Of Go.
  AND("and", 1, Integer.MAX_VALUE),
  OR("or", 1, Integer.MAX_VALUE),
  NOT("not", 1),
  LEN("len", 1),
  INDEX("index", 1, Integer.MAX_VALUE),
  PRINT("print", 0, Integer.MAX_VALUE),
  PRINTF("printf", 1, Integer.MAX_VALUE),
  PRINTLN("println", 0, Integer.MAX_VALUE),
  HTML("html", 1, Integer.MAX_VALUE),
  URLQUERY("urlquery", 1, Integer.MAX_VALUE),
  EQ("eq", 2, Integer.MAX_VALUE),
  NE("ne", 2),
  LT("lt", 2),
  LE("le", 2),
  GT("gt", 2),
  GE("ge", 2),

  // Of numbers.
  HUMANIZE("humanize", 1),
  HUMANIZE_1024("humanize1024", 1),
  HUMANIZE_DURATION("humanizeDuration", 1),
  HUMANIZE_PERCENTAGE("humanizePercentage", 1),
  HUMANIZE_TIMESTAMP("humanizeTimestamp", 1),
  TO_TIME("toTime", 1),
  TO_DURATION("toDuration", 1),
  NOW("now", 0),
  PARSE_DURATION("parseDuration", 1),

  // Of strings.
  TITLE("title", 1),
  TO_UPPER("toUpper", 1),
  TO_LOWER("toLower", 1),
  MATCH("match", 2),
  RE_REPLACE_ALL("reReplaceAll", 3),
  STRIP_PORT("stripPort", 1),
  STRIP_DOMAIN("stripDomain", 1),
  SAFE_HTML("safeHtml", 1),
  URL_QUERY_ESCAPE("urlQueryEscape", 1),
  GRAPH_LINK("graphLink", 1),
  TABLE_LINK("tableLink", 1),
  EXTERNAL_URL("externalURL", 0),
  PATH_PREFIX("pathPrefix", 0),

  // Of queries.
  QUERY("query", 1),
  FIRST("first", 1),
  VALUE("value", 1),
  LABEL("label", 2),
  STRVALUE("strvalue", 1),
  SORT_BY_LABEL("sortByLabel", 2),
  ARGS("args", 0, Integer.MAX_VALUE);

  /** Functions of Go that no rule needs. */
  private static final Set<String> LEFT_OUT = Set.of("call", "js", "slice");

  private static final Map<String, TemplateFunction> BY_NAME = new HashMap<>();

  static {
    for (TemplateFunction function : values()) {
      BY_NAME.put(function.word, function);
    }
  }

  private final String word;
  private final int fewest;
  private final int most;

  TemplateFunction(String word, int count) {
    this(word, count, count);
  }

  TemplateFunction(String word, int fewest, int most) {
    this.word = word;
    this.fewest = fewest;
    this.most = most;
  }

  /** Fails in Go's words if there are too few or too many. */
  void checkCount(int count) throws TemplateFailure {
    if (count < fewest || count > most) {
      String wanted = most == Integer.MAX_VALUE ? "at least " + fewest : "" + fewest;
      throw new TemplateFailure(
          "wrong number of args for %s: want %s got %d".formatted(word, wanted, count));
    }
  }

  /** Null if there is none of that name. */
  static TemplateFunction of(String name) {
    return BY_NAME.get(name);
  }

  static String unknown(String name) {
    if (LEFT_OUT.contains(name)) {
      return "the function " + name + " is not supported in templates of rules; do without it";
    }
    if (name.equals("tmpl")) {
      return "the function tmpl is of Prometheus' consoles; write template in rules";
    }
    return "there is no function " + name;
  }

  @Override
  public String toString() {
    return word;
  }
}
