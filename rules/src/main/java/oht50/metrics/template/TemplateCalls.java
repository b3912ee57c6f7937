package oht50.metrics.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import oht50.metrics.promql.eval.QueryResult;
import oht50.metrics.regex.Template;
import oht50.metrics.time.Durations;

/** What the functions say. Sources: as {@link TemplateFunction}. */
final class TemplateCalls {
  private static final String RAW_VALUE = "__value__";

  private final TemplateData data;

  TemplateCalls(TemplateData data) {
    this.data = data;
  }

  /** {@code and} and {@code or}, which do not need all their arguments, are not called here. */
  Object call(TemplateFunction function, List<Object> values) throws TemplateFailure {
    return switch (function) {
      case AND, OR -> throw new IllegalStateException(function + " is no call");
      case NOT -> !GoValues.isTrue(values.get(0));
      case LEN -> GoValues.length(values.get(0));
      case INDEX -> index(values);
      case PRINT -> GoText.print(values);
      case PRINTF -> GoFormat.format(text(function, values, 0), values.subList(1, values.size()));
      case PRINTLN -> GoText.printLine(values);
      case HTML -> html(GoText.print(values));
      case URLQUERY -> escape(GoText.print(values));
      case EQ -> isAnyEqual(values);
      case NE -> !GoValues.areEqual(values.get(0), values.get(1));
      case LT -> GoValues.isLess(values.get(0), values.get(1));
      case LE -> isLessOrEqual(values);
      case GT -> !isLessOrEqual(values);
      case GE -> !GoValues.isLess(values.get(0), values.get(1));
      case HUMANIZE -> Humanized.number(number(function, values.get(0)));
      case HUMANIZE_1024 -> Humanized.binary(number(function, values.get(0)));
      case HUMANIZE_DURATION -> Humanized.duration(number(function, values.get(0)));
      case HUMANIZE_PERCENTAGE -> Humanized.percentage(number(function, values.get(0)));
      case HUMANIZE_TIMESTAMP -> timestamp(number(function, values.get(0)));
      case TO_TIME -> GoTime.ofSeconds(number(function, values.get(0)));
      case TO_DURATION -> GoDuration.ofSeconds(number(function, values.get(0)));
      case NOW -> data.tickMillis() / 1000.0;
      case PARSE_DURATION -> seconds(text(function, values, 0));
      case TITLE -> Words.title(text(function, values, 0));
      case TO_UPPER -> text(function, values, 0).toUpperCase(Locale.ROOT);
      case TO_LOWER -> text(function, values, 0).toLowerCase(Locale.ROOT);
      case MATCH -> pattern(text(function, values, 0)).matcher(text(function, values, 1)).find();
      case RE_REPLACE_ALL -> replaceAll(function, values);
      case STRIP_PORT -> HostPort.withoutPort(text(function, values, 0));
      case STRIP_DOMAIN -> HostPort.withoutDomain(text(function, values, 0));
      case SAFE_HTML -> text(function, values, 0);
      case URL_QUERY_ESCAPE -> escape(text(function, values, 0));
      case GRAPH_LINK -> "/graph?g0.expr=" + escape(text(function, values, 0)) + "&g0.tab=0";
      case TABLE_LINK -> "/graph?g0.expr=" + escape(text(function, values, 0)) + "&g0.tab=1";
      case EXTERNAL_URL -> data.externalUrl();
      case PATH_PREFIX -> Words.pathOf(data.externalUrl());
      case QUERY -> query(text(function, values, 0));
      case FIRST -> first(values.get(0));
      case VALUE -> sample(function, values.get(0)).value();
      case LABEL -> sample(function, values.get(1)).labels().get(text(function, values, 0));
      case STRVALUE -> sample(function, values.get(0)).labels().get(RAW_VALUE);
      case SORT_BY_LABEL -> sortByLabel(text(function, values, 0), values.get(1));
      case ARGS -> args(values);
    };
  }

  private static String text(TemplateFunction function, List<Object> values, int index)
      throws TemplateFailure {
    if (values.get(index) instanceof String text) {
      return text;
    }
    throw wrongType(function, "string", values.get(index));
  }

  private static TemplateFailure wrongType(TemplateFunction function, String wanted, Object value) {
    return new TemplateFailure(
        "wrong type for value of %s; expected %s; got %s"
            .formatted(function, wanted, GoValues.typeOf(value)));
  }

  private static double number(TemplateFunction function, Object value) throws TemplateFailure {
    if (value instanceof Double number) {
      return number;
    }
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof GoDuration duration) {
      return duration.seconds();
    }
    if (value instanceof String text) {
      return Words.number(function, text);
    }
    throw new TemplateFailure(
        "error calling %s: can't convert %s to float".formatted(function, GoValues.typeOf(value)));
  }

  private static Object index(List<Object> values) throws TemplateFailure {
    Object value = values.get(0);
    for (Object key : values.subList(1, values.size())) {
      value = GoValues.index(value, key);
    }
    return value;
  }

  private static boolean isAnyEqual(List<Object> values) throws TemplateFailure {
    for (Object other : values.subList(1, values.size())) {
      if (GoValues.areEqual(values.get(0), other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLessOrEqual(List<Object> values) throws TemplateFailure {
    return GoValues.isLess(values.get(0), values.get(1))
        || GoValues.areEqual(values.get(0), values.get(1));
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&#34;")
        .replace("'", "&#39;");
  }

  private static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static String timestamp(double seconds) throws TemplateFailure {
    boolean isFinite = !Double.isNaN(seconds) && !Double.isInfinite(seconds);
    return isFinite ? GoTime.ofSeconds(seconds).toString() : GoFloat.print(seconds);
  }

  private static double seconds(String duration) throws TemplateFailure {
    boolean isNegative = duration.startsWith("-");
    String size = isNegative ? duration.substring(1) : duration;
    if (!size.equals("0") && !Durations.isDuration(size)) {
      throw new TemplateFailure(
          "error calling parseDuration: not a valid duration string: \"" + duration + "\"");
    }
    double seconds = size.equals("0") ? 0 : Durations.parse(size).toMillis() / 1000.0;
    return isNegative ? -seconds : seconds;
  }

  private static Pattern pattern(String expression) throws TemplateFailure {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new TemplateFailure("'" + expression + "' is not RE2: " + e.getDescription());
    }
  }

  private static String replaceAll(TemplateFunction function, List<Object> values)
      throws TemplateFailure {
    String replacement = text(function, values, 1);
    String text = text(function, values, 2);
    Matcher matcher = pattern(text(function, values, 0)).matcher(text);
    StringBuilder replaced = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      replaced.append(text, end, matcher.start()).append(Template.expand(replacement, matcher));
      end = matcher.end();
    }
    return replaced.append(text, end, text.length()).toString();
  }

  private List<TemplateSample> query(String expression) throws TemplateFailure {
    List<TemplateSample> samples = new ArrayList<>();
    for (QueryResult.Sample sample : data.querier().query(expression)) {
      samples.add(new TemplateSample(GoMap.ofStrings(sample.labels().toMap()), sample.value()));
    }
    return samples;
  }

  private static List<TemplateSample> samples(TemplateFunction function, Object value)
      throws TemplateFailure {
    if (!(value instanceof List<?> list)) {
      throw wrongType(function, "template.queryResult", value);
    }
    return list.stream().map(TemplateSample.class::cast).toList();
  }

  private static TemplateSample first(Object value) throws TemplateFailure {
    List<TemplateSample> samples = samples(TemplateFunction.FIRST, value);
    if (samples.isEmpty()) {
      throw new TemplateFailure("error calling first: first() called on vector with no elements");
    }
    return samples.get(0);
  }

  private static TemplateSample sample(TemplateFunction function, Object value)
      throws TemplateFailure {
    if (value instanceof TemplateSample sample) {
      return sample;
    }
    throw wrongType(function, "*template.sample", value);
  }

  private static List<TemplateSample> sortByLabel(String label, Object value)
      throws TemplateFailure {
    List<TemplateSample> sorted = new ArrayList<>(samples(TemplateFunction.SORT_BY_LABEL, value));
    sorted.sort(Comparator.comparing(sample -> (String) sample.labels().get(label)));
    return sorted;
  }

  private static GoMap args(List<Object> values) {
    TreeMap<String, Object> named = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      named.put("arg" + i, values.get(i));
    }
    return new GoMap(named, false);
  }
}
